"""WooCommerce, which puts everything into the query."""
import requests
from woocommerce.oauth import OAuth

from common import *

only(("query", "header"), ("HMAC-SHA256",))
if CALLBACK or VERIFIER or FORM:
    unsupported()
session = requests.Session()
session.trust_env = False
url = requests.Request(METHOD, URL, params=QUERY).prepare().url
session.request(METHOD, OAuth(url, KEY, SECRET, method=METHOD).get_oauth_url(), headers=HEADERS,
                data=JSON and JSON.encode())
