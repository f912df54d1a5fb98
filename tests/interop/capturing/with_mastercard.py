"""mastercard-oauth1-signer, with requests."""
import requests
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from oauth1.signer import OAuthSigner

from common import *

only(methods=("RSA-SHA256",))
if CALLBACK or VERIFIER:
    unsupported()
body = FORM or (JSON and JSON.encode())
request = requests.Request(METHOD, URL, headers=HEADERS, data=body, params=QUERY).prepare()
OAuthSigner(KEY, load_pem_private_key(PRIVATE_KEY.encode(), None)).sign_request(request.url, request)
session = requests.Session()
session.trust_env = False
session.send(request)
