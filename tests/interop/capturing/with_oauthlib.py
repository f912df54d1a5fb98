"""oauthlib; it does not send."""
from urllib.parse import urlencode

from oauthlib.oauth1 import Client

from common import *

client = Client(KEY, client_secret=SECRET, resource_owner_key=TOKEN, resource_owner_secret=TOKEN_SECRET,
                callback_uri=CALLBACK, verifier=VERIFIER, realm=REALM, rsa_key=PRIVATE_KEY,
                signature_method=SIGNATURE_METHOD,
                signature_type={"header": "AUTH_HEADER", "query": "QUERY", "body": "BODY"}[PLACEMENT])
if QUERY:
    unsupported()
url, headers, body = client.sign(URL, METHOD, urlencode(FORM) if FORM else JSON, HEADERS)
send(METHOD, url, headers, body)
