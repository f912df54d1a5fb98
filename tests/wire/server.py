"""Two origins on loopback that verify, with oauthlib, each request as it arrives, and keep all of them.

Prints three ports: of the origin whose credentials the driver has (home), of one that must never see a
signature (foreign), and of a list of what has arrived, which is emptied each time it is read.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from threading import Lock, Thread
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from oauthlib.common import extract_params, urlencoded
from oauthlib.oauth1 import RequestValidator, ResourceEndpoint

CONSUMER, TOKEN = "consumer key&", "token/="
CONSUMER_SECRET, TOKEN_SECRET = "s +&=%/\u00fc", "ts~\u2603"


class Validator(RequestValidator):
    # Loopback needs no https, not even with PLAINTEXT.
    enforce_ssl = False
    allowed_signature_methods = ["HMAC-SHA1", "PLAINTEXT"]
    dummy_client = dummy_access_token = "dummy"

    def __init__(self):
        super().__init__()
        self.nonces, self.replayed = set(), False

    def check_client_key(self, client_key):
        return True

    def check_access_token(self, request_token):
        return True

    def get_client_secret(self, client_key, request):
        return CONSUMER_SECRET

    def get_access_token_secret(self, client_key, token, request):
        return TOKEN_SECRET

    def validate_client_key(self, client_key, request):
        return client_key == CONSUMER

    def validate_access_token(self, client_key, token, request):
        return token == TOKEN

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request,
                                     request_token=None, access_token=None):
        self.replayed = (timestamp, nonce) in self.nonces
        self.nonces.add((timestamp, nonce))
        return not self.replayed


VALIDATOR = Validator()
ENDPOINT = ResourceEndpoint(VALIDATOR)
LOCK = Lock()
ARRIVED, BUSY = [], {}


def unreadable(target):
    """Why oauthlib cannot read a request: it takes fewer characters in a query than clients send, and
    only UTF-8, it loses a semicolon, and decodes a signature in a query twice."""
    if re.search("[?&]oauth_signature=[^&]*%25", target):
        return "it decodes a signature in a query twice"
    if target.split("?")[0].endswith(";"):
        return "it drops a semicolon at the end of a path"
    query = urlsplit(target).query
    odd = sorted(set(query) - urlencoded)
    if odd:
        return "it does not take " + " ".join(odd) + " in a query"
    try:
        unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        return "it reads queries as UTF-8"
    return None


def verify(method, target, host, headers, body):
    """What oauthlib says: accepted, refused, unsigned or unread, and why."""
    signed = any("oauth_signature" in text
                 for text in (target, body, headers.get("Authorization", "")))
    if not signed:
        return "unsigned", ""
    why = unreadable(target)
    if why:
        return "unread", why
    uri = target if re.match("[a-z]+:", target, re.IGNORECASE) else f"http://{host}{target}"
    form = headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
    if form and body and extract_params(body) is None:
        return "unread", "it does not take every character in a form"
    VALIDATOR.replayed = False
    try:
        valid, request = ENDPOINT.validate_protected_resource_request(
            uri, method, body if form else "", headers, realms=[])
    except ValueError as error:
        return "refused", str(error)
    if valid:
        return "accepted", ""
    if VALIDATOR.replayed:
        return "refused", "the nonce was used before"
    log = request.validator_log if request else {}
    return "refused", ", ".join(part for part, good in log.items() if not good) or "malformed"


class Origin(BaseHTTPRequestHandler):
    def handle_any(self):
        # `self.path` has fewer slashes at its start than arrived.
        target = self.requestline.split(" ")[1]
        host = self.headers.get("Host", "")
        headers = dict(self.headers.items())
        names = {name.lower() for name in headers}
        headers = {name.title(): headers[name] for name in headers}
        length = int(self.headers.get("Content-Length") or 0)
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "")
        body = (self.chunks() if chunked else self.rfile.read(length)).decode("latin-1")
        with LOCK:
            verdict, why = verify(self.command, target, host, headers, body)
            if len(names) != len(self.headers.keys()):
                verdict, why = "refused", "a header came twice"
            status, location = self.answer(target, verdict)
            ARRIVED.append({
                "origin": self.server.origin, "method": self.command, "target": target,
                "headers": headers, "body": body, "verdict": verdict, "why": why})
        text = f"{verdict} {why}".encode("utf-8")
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if status == 401:
            self.send_header("WWW-Authenticate", "OAuth")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def chunks(self):
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self, target, verdict):
        """The status, and where a redirect leads: `/redirect/<status>/<location>` redirects, and
        `/busy/<times>/<name>` refuses so many times for now."""
        if verdict == "refused":
            return 401, None
        if found := re.match("/redirect/([0-9]+)/([^?]+)", target):
            return int(found[1]), unquote(found[2])
        if found := re.match("/busy/([0-9]+)/", target):
            BUSY[target] = BUSY.get(target, 0) + 1
            if BUSY[target] <= int(found[1]):
                return 503, None
        return 200, None

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = handle_any

    def log_message(self, *arguments):
        pass


class Server6(ThreadingHTTPServer):
    address_family = AF_INET6


class Arrived(BaseHTTPRequestHandler):
    def do_GET(self):
        with LOCK:
            text = json.dumps(ARRIVED).encode("ascii")
            ARRIVED.clear()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler)
               for handler in (Origin, Origin, Arrived)]
    ports = [server.server_port for server in servers]
    servers[0].origin, servers[1].origin = "home", "foreign"
    try:
        servers.insert(0, Server6(("::1", ports[0]), Origin))
        servers[0].origin = "home"
    except OSError:
        # Without IPv6, what is sent there is not sent.
        pass
    for server in servers[:-1]:
        Thread(target=server.serve_forever, daemon=True).start()
    print(*ports, flush=True)
    try:
        servers[-1].serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
