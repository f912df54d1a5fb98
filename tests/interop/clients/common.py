"""What the clients in Python share: the cases, and sending a request as it is."""

import http.client
import json
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
PRIVATE_KEY = (HERE / "../../vectors/keys/rsa-2048.pkcs8.pem").read_text()
BASE = sys.argv[1]

SHARED = ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"]
RSA = ["RSA-SHA1", "RSA-SHA256", "RSA-SHA512"]

FORM = [(name, value)
        for name, values in CASES["form"].items()
        for value in (values if isinstance(values, list) else [values])]


def keys():
    """Every signature method with every consumer and token that it can have."""
    for method in SHARED:
        for credentials in CASES["credentials"]:
            yield method, credentials
    for method in RSA:
        for credentials in CASES["rsa"]:
            yield method, credentials


def send(method, url, headers, body):
    """Sends a request without touching it, and returns the status and the body of the answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    target = url[url.index(parts.netloc) + len(parts.netloc):]
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def check(status, text, what, **expected):
    """Ends the program if the server did not accept, or has read something else."""
    seen = {name: values[0] for name, values in parse_qs(text).items()} if status == 200 else {}
    wrong = [name for name, value in expected.items() if value and seen.get(name) != value]
    if status != 200 or wrong:
        sys.exit(f"{what}: {status} {text}")


def check_refused(status, text, what):
    """Ends the program if the server accepts what the library gets wrong, or no longer does."""
    if (status, text) not in [(401, "oauth_problem=signature_invalid"),
                              (401, "oauth_problem=body_hash_invalid")]:
        sys.exit(f"{what}, which should be refused: {status} {text}")
