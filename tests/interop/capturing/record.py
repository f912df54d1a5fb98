"""Runs a client once for each case, and records the requests that it sends.

usage: record.py <file> <client> <version> <language> [<signature method>] -- <command>

The signature method is for clients that have no HMAC-SHA1.

What to send is in the environment of the command; its arguments are the pairs of the form, or of the query that the
library is to write. A client that cannot send a case exits with 3. Each recorded request is a line of JSON in the file.
"""

import json
import os
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
KEY = HERE / "../../vectors/keys/rsa-2048.pkcs8.pem"
UNSUPPORTED = 3

ANSWER = b"oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00&oauth_callback_confirmed=true"
HEAD = (b"HTTP/1.1 200 OK\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
        b"Content-Length: %d\r\n\r\n" % len(ANSWER))


class Handler(socketserver.StreamRequestHandler):
    """Records one request."""

    timeout = 10

    def handle(self):
        method, target, _ = self.rfile.readline().split(b" ")
        headers = []
        while line := self.rfile.readline().rstrip(b"\r\n"):
            name, _, value = line.partition(b":")
            headers.append((name.lower().decode("latin-1"), text(value.strip(b" \t"))))
        named = dict(headers)
        if "100-continue" in named.get("expect", "").lower():
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(int(named.get("content-length", 0)))
        if named.get("transfer-encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
        self.server.record({
            "method": text(method), "target": text(target), "host": named.get("host", "").lower(),
            "authorization": [value for name, value in headers if name == "authorization"],
            "type": named.get("content-type"), "body": text(body),
        })
        self.wfile.write(HEAD if method == b"HEAD" else HEAD + ANSWER)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        print(f"  unreadable: {sys.exc_info()[1]}", file=sys.stderr)


def text(octets):
    return octets.decode("utf-8")


def cases(usual):
    """All cases, with what they share filled in."""
    every = list(CASES["cases"])
    for method in CASES["methods"]:
        for of_all in CASES["of_each_method"]:
            every.append({**of_all, "SIGNATURE_METHOD": method})
    for case in every:
        yield {"SIGNATURE_METHOD": usual, "PLACEMENT": "header",
               "METHOD": "POST" if "form" in case else "GET", **case}


def listen(host, port, seen):
    """Records what is sent to a port, and returns it; none if it is taken."""
    try:
        server = Server((host, port), Handler)
    except OSError:
        return None
    server.record = seen.append
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    at = sys.argv.index("--")
    file, client, version, language, *usual = sys.argv[1:at]
    command = sys.argv[at + 1:]
    seen = []
    port = listen("127.0.0.1", 0, seen)
    # The port of http, for as many recorders as run at a time.
    host = next(host for host in (f"127.0.0.{last}" for last in range(1, 10)) if listen(host, 80, seen))
    unsupported = failed = 0
    with open(file, "a", encoding="utf-8") as out:
        for case in cases(usual[0] if usual else "HMAC-SHA1"):
            seen.clear()
            credentials = CASES["credentials"][case.get("credentials", "plain")]
            given = {name: value for name, value in case.items() if name.isupper()}
            given["URL"] = given["URL"].format(base=f"http://127.0.0.1:{port}", port=port, host=host)
            names = ("TOKEN", "TOKEN_SECRET", "CALLBACK", "VERIFIER", "REALM", "JSON")
            environment = {**os.environ, **dict.fromkeys(names, ""), **credentials, **given, "PRIVATE_KEY": str(KEY)}
            pairs = case.get("form", case.get("query", []))
            run = subprocess.run(
                [*command, *pairs], env={**environment, "BODY": "form" if "form" in case else ""},
                capture_output=True, text=True, timeout=60, check=False)
            if run.returncode == UNSUPPORTED:
                unsupported += 1
            elif not seen:
                failed += 1
                said = (run.stderr.strip() or run.stdout.strip() or "nothing sent").splitlines()
                error = next((line for line in reversed(said) if "rror" in line), said[-1])
                print(f"  {case}: {run.returncode} {error[:300]}", file=sys.stderr)
            for request in seen:
                line = {"client": client, "version": version, "language": language, "given": given["URL"]} | request
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{client} {version}: {unsupported} unsupported, {failed} not sent")


main()
