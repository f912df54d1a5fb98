"""An OAuth 1.0a provider on loopback, built on oauthlib, with everything in memory.

oauthlib decides what is right. It answers some refusals with an empty body; those get a problem
report here, made of what oauthlib logged about the request.
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from oauthlib.oauth1 import RequestValidator, WebApplicationServer
from oauthlib.oauth1.rfc5849.errors import OAuth1Error

# Signature methods that the driver signs with. More are added here and in its list.
METHODS = ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512",
           "PLAINTEXT"]

# What RSA signatures are verified with.
PUBLIC_KEY = Path(__file__).parent.parent / "vectors" / "keys" / "rsa-2048.pub.pem"

CLIENTS = {
    "dpf43f3p2l4k3l03dpf43f3p2l4k3l": "kd94hf93k423kf44",
    "reservedreservedreserved": "s +&=%/\u00fc\u2603~",
}


class Validator(RequestValidator):
    # Loopback needs no https, not even with PLAINTEXT.
    enforce_ssl = False
    allowed_signature_methods = METHODS
    dummy_client = "dummydummydummydummydummy"
    dummy_request_token = "dummydummydummydummydummy"
    dummy_access_token = "dummydummydummydummydummy"

    def __init__(self):
        super().__init__()
        self.temporary, self.tokens, self.nonces = {}, {}, set()
        self.request, self.replayed = None, False

    def get_client_secret(self, client_key, request):
        return CLIENTS.get(client_key, "dummy")

    def get_request_token_secret(self, client_key, token, request):
        return self.temporary.get(token, {}).get("secret", "dummy")

    def get_access_token_secret(self, client_key, token, request):
        return self.tokens.get(token, {}).get("secret", "dummy")

    def get_rsa_key(self, client_key, request):
        return PUBLIC_KEY.read_text()

    def get_default_realms(self, client_key, request):
        return []

    def get_realms(self, token, request):
        return []

    def get_redirect_uri(self, token, request):
        return self.temporary[token]["callback"]

    def invalidate_request_token(self, client_key, request_token, request):
        del self.temporary[request_token]

    def validate_client_key(self, client_key, request):
        return client_key in CLIENTS

    def validate_request_token(self, client_key, token, request):
        return self.temporary.get(token, {}).get("client") == client_key

    def validate_access_token(self, client_key, token, request):
        return self.tokens.get(token, {}).get("client") == client_key

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request,
                                     request_token=None, access_token=None):
        self.request = request
        seen = (client_key, timestamp, nonce, request_token or access_token)
        self.replayed = seen in self.nonces
        self.nonces.add(seen)
        return not self.replayed

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri == "oob" or redirect_uri.startswith("http")

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def validate_verifier(self, client_key, token, verifier, request):
        return self.temporary.get(token, {}).get("verifier") == verifier

    def verify_request_token(self, token, request):
        return token in self.temporary

    def verify_realms(self, token, realms, request):
        return True

    def save_access_token(self, token, request):
        self.tokens[token["oauth_token"]] = {
            "client": request.client_key, "secret": token["oauth_token_secret"]}

    def save_request_token(self, token, request):
        self.temporary[token["oauth_token"]] = {
            "client": request.client_key, "secret": token["oauth_token_secret"],
            "callback": request.redirect_uri}

    def save_verifier(self, token, verifier, request):
        self.temporary[token]["verifier"] = verifier["oauth_verifier"]


class Server(WebApplicationServer):
    complaint = None

    def _check_mandatory_parameters(self, request):
        try:
            super()._check_mandatory_parameters(request)
        except OAuth1Error as error:
            self.complaint = error.description
            raise

    def forget(self):
        self.complaint = None
        self.request_validator.request, self.request_validator.replayed = None, False

    def report(self):
        """What oauthlib found wrong, as a problem report."""
        validator = self.request_validator
        if self.complaint:
            if "Timestamp given is invalid" in self.complaint:
                now, lifetime = int(time.time()), validator.timestamp_lifetime
                return ("oauth_problem=timestamp_refused&oauth_acceptable_timestamps="
                        f"{now - lifetime}-{now + lifetime}")
            return "oauth_problem=parameter_rejected"
        if validator.replayed:
            return "oauth_problem=nonce_used"
        log = validator.request.validator_log if validator.request else {}
        for key, problem in (("client", "consumer_key_unknown"),
                             ("resource_owner", "token_rejected"),
                             ("verifier", "verifier_invalid"),
                             ("signature", "signature_invalid")):
            if not log.get(key, True):
                return f"oauth_problem={problem}"
        return "oauth_problem=permission_denied"


SERVER, LOCK = Server(Validator()), Lock()


class Handler(BaseHTTPRequestHandler):
    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("ascii")
        uri = f"http://{self.headers['Host']}{self.path}"
        call = (uri, self.command, body, dict(self.headers))
        path = self.path.split("?")[0]
        with LOCK:
            SERVER.forget()
            if path == "/temporary":
                headers, text, status = SERVER.create_request_token_response(*call)
            elif path == "/authorize":
                headers, text, status = SERVER.create_authorization_response(*call, realms=[])
            elif path == "/token":
                headers, text, status = SERVER.create_access_token_response(
                    *call, credentials={"screen_name": "Caf\u00e9 & Co"})
            else:
                valid, _ = SERVER.validate_protected_resource_request(*call, realms=[])
                headers, text, status = {}, "verified\n" if valid else None, 200 if valid else 401
            if status == 401 and not text:
                text = SERVER.report()
        octets = (text or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
