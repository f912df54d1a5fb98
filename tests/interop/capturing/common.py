"""What the clients in Python are given, and sending a request as it is."""

import http.client
import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

(METHOD, URL, SIGNATURE_METHOD, PLACEMENT, KEY, SECRET, JSON) = (
    os.environ[name] for name in ("METHOD", "URL", "SIGNATURE_METHOD", "PLACEMENT", "CONSUMER_KEY",
                                  "CONSUMER_SECRET", "JSON"))
(TOKEN, TOKEN_SECRET, CALLBACK, VERIFIER, REALM) = (
    os.environ[name] or None for name in ("TOKEN", "TOKEN_SECRET", "CALLBACK", "VERIFIER", "REALM"))
PRIVATE_KEY = Path(os.environ["PRIVATE_KEY"]).read_text()
PAIRS = list(zip(sys.argv[1::2], sys.argv[2::2]))
FORM, QUERY = (PAIRS, []) if os.environ["BODY"] else ([], PAIRS)
JSON = JSON or None
HEADERS = ({"Content-Type": "application/x-www-form-urlencoded"} if FORM
           else {"Content-Type": "application/json"} if JSON else {})


def split():
    """The URL without its query, and the pairs of the query, for libraries that take these separately."""
    url, _, query = URL.split("#")[0].partition("?")
    return url, parse_qsl(query, keep_blank_values=True) + QUERY


def unsupported():
    """Ends the program: the library cannot do this."""
    sys.exit(3)


def only(placements=("header",), methods=("HMAC-SHA1",), realm=False, json=True):
    """Ends the program if a case needs more than this."""
    if (PLACEMENT not in placements or SIGNATURE_METHOD not in methods
            or (REALM and not realm) or (JSON and not json)):
        unsupported()


def send(method, url, headers, body):
    """Sends a request without touching it."""
    parts = urlsplit(url)
    target = url.split("#")[0][url.index(parts.netloc) + len(parts.netloc):] or "/"
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection._encode_request = lambda request: request.encode("utf-8")
    connection._validate_path = lambda path: None
    body = body.encode("utf-8") if isinstance(body, str) else body
    connection.request(method, target, body, headers)
    connection.getresponse().read()
