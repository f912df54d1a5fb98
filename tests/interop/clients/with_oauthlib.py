"""Signs with oauthlib, and sends what it returns."""

from urllib.parse import urlencode

from oauthlib.oauth1 import Client

from common import BASE, CASES, FORM, PRIVATE_KEY, check, check_refused, keys, send

HEADER = {"X-Client": "oauthlib"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
JSON_TYPE = {"Content-Type": "application/json"}


def client(method, credentials, placement="AUTH_HEADER", **more):
    return Client(credentials["key"], client_secret=credentials.get("secret"),
                  resource_owner_key=credentials.get("token"),
                  resource_owner_secret=credentials.get("tokenSecret"), rsa_key=PRIVATE_KEY,
                  signature_method=method, signature_type=placement, **more)


def signed(client, http_method, target, body=None, headers=None, **realm):
    url, headers, body = client.sign(f"{BASE}/{target}", http_method, body, headers, **realm)
    return http_method, url, {**headers, **HEADER}, body.encode() if body else body


for method, credentials in keys():
    is_first = credentials in (CASES["credentials"][0], CASES["rsa"][0])
    expected = {"consumer_key": credentials["key"], "token": credentials.get("token")}
    for placement in ["AUTH_HEADER", "QUERY", "BODY"]:
        signer = client(method, credentials, placement)
        for target in CASES["targets"] + CASES["hardTargets"]:
            what = f"{method} {placement} {credentials['key']} {target}"
            if placement != "BODY":
                for http_method in ["GET", "DELETE"]:
                    answer = send(*signed(signer, http_method, target))
                    check(*answer, f"{http_method} {what}", **expected)
            for http_method in ["POST", "PUT"]:
                answer = send(*signed(signer, http_method, target, urlencode(FORM), FORM_TYPE))
                check(*answer, f"{http_method} {what}", **expected)

    # The legs, a realm, and bodies that are not forms.
    signer = client(method, credentials, callback_uri=CASES["callback"], realm='Photos, 2')
    answer = send(*signed(signer, "POST", "temporary"))
    check(*answer, f"callback {method}", callback=CASES["callback"], **expected)
    signer = client(method, credentials, verifier=CASES["verifier"])
    answer = send(*signed(signer, "POST", "token"))
    check(*answer, f"verifier {method}", verifier=CASES["verifier"], **expected)
    signer = client(method, credentials)
    request = signed(signer, "POST", "posts", CASES["json"], JSON_TYPE)
    assert "oauth_body_hash" in request[2]["Authorization"]
    if method.endswith("SHA1") or method == "PLAINTEXT":
        check(*send(*request), f"JSON {method}", **expected)
    elif is_first:
        # The hash is always SHA-1, where the extension wants that of the signature method.
        request[2]["X-Refused"] = "1"
        check_refused(*send(*request), f"JSON {method}")
