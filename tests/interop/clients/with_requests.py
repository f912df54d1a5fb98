"""Signs and sends with requests-oauthlib."""

from requests_oauthlib import OAuth1Session

from common import BASE, CASES, FORM, PRIVATE_KEY, check, keys


def session(method, credentials, placement="AUTH_HEADER", **more):
    session = OAuth1Session(
        credentials["key"], client_secret=credentials.get("secret"),
        resource_owner_key=credentials.get("token"),
        resource_owner_secret=credentials.get("tokenSecret"), rsa_key=PRIVATE_KEY,
        signature_method=method, signature_type=placement, **more)
    session.headers["X-Client"] = "requests-oauthlib"
    session.trust_env = False
    return session


for method, credentials in keys():
    # It signs with oauthlib, which has a client of its own here.
    if "token" not in credentials:
        continue
    expected = {"consumer_key": credentials["key"], "token": credentials.get("token")}

    def call(signer, http_method, target, **more):
        answer = signer.request(http_method, f"{BASE}/{target}", timeout=30, **more)
        what = f"{http_method} {method} {credentials['key']} {target}"
        check(answer.status_code, answer.text, what, **expected)

    for placement in ["AUTH_HEADER", "QUERY", "BODY"]:
        signer = session(method, credentials, placement)
        for target in CASES["targets"][1:] + CASES["hardTargets"]:
            if placement != "BODY":
                call(signer, "GET", target, params=[("more", "a b+é"), ("more", "~*")])
                call(signer, "DELETE", target)
            call(signer, "POST", target, data=FORM)
            call(signer, "PUT", target, data=dict(FORM))

    signer = session(method, credentials)
    call(signer, "POST", "posts", json={"title": "Grüezi"})
    call(signer, "POST", "uploads", data={"title": "a"}, files={"photo": b"\xff\x00"})
    signer = session(method, credentials, callback_uri=CASES["callback"])
    expected["callback"] = CASES["callback"]
    call(signer, "POST", "temporary")
