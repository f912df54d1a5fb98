"""requests-oauthlib."""
from requests_oauthlib import OAuth1Session

from common import *

session = OAuth1Session(
    KEY, client_secret=SECRET, resource_owner_key=TOKEN, resource_owner_secret=TOKEN_SECRET,
    callback_uri=CALLBACK, verifier=VERIFIER, realm=REALM, rsa_key=PRIVATE_KEY, signature_method=SIGNATURE_METHOD,
    signature_type={"header": "AUTH_HEADER", "query": "QUERY", "body": "BODY"}[PLACEMENT])
session.trust_env = False
if CALLBACK:
    session.fetch_request_token(URL, realm=REALM)
elif VERIFIER:
    session.fetch_access_token(URL)
else:
    session.request(METHOD, URL, params=QUERY, data=FORM or JSON and JSON.encode(), headers=HEADERS, timeout=10)
