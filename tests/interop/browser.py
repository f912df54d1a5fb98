"""Serves pages with signed forms on loopback, and verifies with oauthlib what a browser posts.

browser.py <folder of the pages> <report>

The pages are written after the server has started, because their forms need its port. A page posts
its form by itself; the answer leads to the next page.
"""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from oauthlib.oauth1 import SignatureOnlyEndpoint

from provider import Validator

PAGES, REPORT = Path(sys.argv[1]), Path(sys.argv[2])

# Seconds without a request after which the browser has stopped, or never started.
PATIENCE = 60

ENDPOINT = SignatureOnlyEndpoint(Validator())


class Run:
    def __init__(self):
        self.page = self.name = self.encoding = None
        # What became of each form, in the order of the pages.
        self.verdicts = {}
        self.wrong = []

    def open(self, number):
        """The page and its encoding, or nothing after the last one."""
        files = list(PAGES.glob(f"{number}.*"))
        if not files:
            return None
        self.page, self.encoding = int(number), files[0].suffix[1:]
        self.name, html = files[0].read_text("ascii").split("\n", 1)
        return html.encode(self.encoding), self.encoding

    def judge(self, uri, method, body, headers):
        """Verifies a form. Returns the number of the next page, or nothing after the last one."""
        try:
            valid, _ = ENDPOINT.validate_request(uri, method, body, headers)
            verdict = "accepted" if valid else "refused"
        except ValueError as error:
            verdict = f"refused ({error})"
        expected = "refused" if self.name.startswith("refused: ") else "accepted"
        if verdict != expected:
            self.wrong.append(f"{self.name}, in {self.encoding}: {verdict}\n    {uri}\n    {body}")
        self.verdicts.setdefault(self.name, []).append((verdict, self.encoding))
        following = self.page + 1
        return following if list(PAGES.glob(f"{following}.*")) else None

    def end(self):
        lines, counts = [], {"accepted": 0, "refused": 0}
        for name, verdicts in self.verdicts.items():
            for verdict in sorted({verdict for verdict, _ in verdicts}):
                encodings = [encoding for of, encoding in verdicts if of == verdict]
                counts[verdict.split()[0]] += len(encodings)
                lines.append(f"{verdict} in {', '.join(encodings)}: {name}")
        missing = len(list(PAGES.iterdir())) - sum(counts.values())
        if missing:
            self.wrong.append(f"{missing} were not posted; the last form to be shown was: "
                              f"{self.name}, in {self.encoding}")
        lines += [f"\nNOT as expected: {wrong}" for wrong in self.wrong]
        lines.append("\n{accepted} forms accepted, {refused} refused".format_map(counts))
        REPORT.write_text("\n".join(lines) + "\n")
        return int(bool(self.wrong) or not counts["accepted"])


RUN = Run()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        number = self.path[1:]
        page = RUN.open(number) if number.isdigit() else None
        if page is None:
            self.answer(404)
            return
        html, encoding = page
        self.answer(200, html, ("Content-Type", f"text/html; charset={encoding}"))

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("ascii")
        uri = f"http://{self.headers['Host']}{self.path}"
        following = RUN.judge(uri, self.command, body, dict(self.headers))
        if following is None:
            self.server.done = True
            self.answer(204)
        else:
            self.answer(303, b"", ("Location", f"/{following}"))

    def answer(self, status, body=b"", *headers):
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), ("Connection", "close"), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(HTTPServer):
    done, timeout = False, PATIENCE

    def handle_timeout(self):
        self.done = True


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    while not server.done:
        server.handle_request()
    sys.exit(RUN.end())
