"""Authlib, with requests or with httpx2."""
import asyncio

from common import *

OPTIONS = dict(client_id=KEY, client_secret=SECRET, token=TOKEN, token_secret=TOKEN_SECRET, redirect_uri=CALLBACK,
               verifier=VERIFIER, rsa_key=PRIVATE_KEY, signature_method=SIGNATURE_METHOD,
               signature_type=PLACEMENT.upper(), realm=REALM)
only(("header", "body", "query"), ("HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"), realm=True)
if os.environ["WITH"] == "requests":
    from authlib.integrations.requests_client import OAuth1Session

    session = OAuth1Session(**OPTIONS)
    session.trust_env = False
    if CALLBACK:
        session.fetch_request_token(URL)
    elif VERIFIER:
        session.fetch_access_token(URL)
    else:
        session.request(METHOD, URL, params=QUERY, data=FORM or JSON and JSON.encode(), headers=HEADERS, timeout=10)
else:
    from authlib.integrations.httpx_client import AsyncOAuth1Client

    async def main():
        del OPTIONS["realm"]  # It is of no use to this one.
        async with AsyncOAuth1Client(**OPTIONS, trust_env=False) as client:
            if REALM:
                unsupported()
            if CALLBACK:
                await client.fetch_request_token(URL)
            elif VERIFIER:
                await client.fetch_access_token(URL)
            else:
                more = {"params": QUERY} if QUERY else {}
                more |= {"data": dict(FORM)} if FORM else {"content": JSON} if JSON else {}
                await client.request(METHOD, URL, headers=HEADERS, **more)

    asyncio.run(main())
