"""Chooses, of judged requests, those that are kept as `tests/verifier/captured.json`.

usage: choose.py <judged lines> <captured.json>

Clients that are in the file and not among the lines stay. Requests that show the same as others do are left out.
"""

import collections
import json
import re
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).parent
# So often is the same kind of request kept.
ACCEPTED, REFUSED = 3, 3


def kinds(client, request):
    """What a request shows. It is kept if one of these has not been seen often enough."""
    where = "header" if request["authorization"] else "query" if "oauth_signature=" in request["target"] else "form"
    everything = request["target"] + str(request["authorization"]) + request["body"]
    method = re.search(r"oauth_signature_method=\W*([A-Z0-9-]+)", everything)
    method = method and method[1]
    if request["wrong"]:
        return [(request["wrong"], REFUSED)]
    path = re.sub(r"[?&]?oauth_\w+=[^&]*", "", request["target"])
    legs = [name for name in ("oauth_callback", "oauth_verifier", "oauth_body_hash") if name in everything]
    odd = "odd" in everything.partition("oauth_consumer_key")[2][:12]
    realm = re.search(r'realm="([^"]*)', str(request["authorization"]))
    return [((client, where, method), 1), ((client, where, odd), 1), ((client, *legs), 1),
            ((client, request["type"]), 1), ((client, realm and realm[1]), 1),
            ((path, re.sub(r"[?&]?oauth_\w+=[^&]*", "", request["body"]), request["method"]), ACCEPTED)]


def shortened(request, host):
    """What is kept of a request."""
    line = {"method": request["method"], "target": request["target"]}
    if request["host"] != host:
        line["host"] = request["host"]
    if request["authorization"]:
        [line["authorization"]] = request["authorization"]
    line |= {name: request[name] for name in ("type", "body") if request[name]}
    return line | ({"refused": request["wrong"]} if request["wrong"] else {})


def main():
    judged, file = map(Path, sys.argv[1:])
    clients = collections.defaultdict(list)
    for line in judged.read_text(encoding="utf-8").splitlines():
        request = json.loads(line)
        clients[request["client"], request["version"], request["language"]].append(request)
    chosen = json.loads(file.read_text(encoding="utf-8"))["clients"] if file.exists() else []
    again = [(client, language) for client, _, language in clients]
    chosen = [known for known in chosen if (known["name"], known["language"]) not in again]
    seen = collections.Counter()
    for known in chosen:
        for request in known["requests"]:
            whole = {"authorization": [], "type": None, "body": "", **request, "wrong": request.get("refused")}
            seen.update(kind for kind, _ in kinds((known["name"], known["language"]), whole))
    # Mixed, so that no client has the first of every kind.
    mixed = [(zlib.crc32(f"{one[0]} {at}".encode()), one, at)
             for one, requests in clients.items() for at in range(len(requests))]
    kept = collections.defaultdict(list)
    for _, one, at in sorted(mixed):
        request = clients[one][at]
        wanted = kinds((one[0], one[2]), request)
        # Where the wrong signature is unexplained, nothing is shown.
        if request["wrong"] != "signature" and any(seen[kind] < most for kind, most in wanted):
            seen.update(kind for kind, _ in wanted)
            kept[one].append(at)
    for (client, version, language), requests in clients.items():
        host = collections.Counter(request["host"] for request in requests).most_common(1)[0][0]
        lines = [shortened(requests[at], host) for at in sorted(kept[client, version, language])]
        chosen.append({"name": client, "version": version, "language": language, "host": host, "requests": lines})
    chosen.sort(key=lambda one: (one["language"], one["name"].lower()))
    text = lambda value: json.dumps(value, ensure_ascii=False)
    blocks = []
    for one in chosen:
        lines = ",\n".join(f"    {text(request)}" for request in one["requests"])
        head = ", ".join(f'"{name}": {text(one[name])}' for name in ("name", "version", "language", "host"))
        blocks.append(f'  {{{head}, "requests": [\n{lines}\n  ]}}')
    credentials = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))["credentials"]
    known = ",\n".join(f"  {text(one)}" for one in credentials.values())
    file.write_text(f'{{"credentials": [\n{known}\n], "clients": [\n' + ",\n".join(blocks) + "\n]}\n", encoding="utf-8")


main()
