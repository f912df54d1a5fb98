"""Judges recorded requests by a literal reading of RFC 5849, which shares no code with the crate.

usage: judge.py <recorded lines>... ; prints each line with a field `wrong`: why the client is wrong, or null.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from mistakes import attempts, base_string

HERE = Path(__file__).parent
CREDENTIALS = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))["credentials"].values()
PUBLIC_KEY = serialization.load_pem_public_key((HERE / "../../vectors/keys/rsa-2048.pub.pem").read_bytes())
UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
PARAMETER = re.compile(r'\s*([^=\s,]+)(\s*=\s*)(?:"((?:[^"\\]|\\.)*)"|([^,\s]*))\s*(,|$)')


def encode(octets):
    """Section 3.6."""
    return "".join(chr(octet) if octet in UNRESERVED else f"%{octet:02X}" for octet in octets).encode()


def decode(octets):
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda escape: bytes([int(escape[1], 16)]), octets)


def pairs(octets):
    """Section 3.4.1.3.1: application/x-www-form-urlencoded."""
    for pair in filter(None, octets.split(b"&")):
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        yield decode(name), decode(value)


def header(text, faults):
    """Section 3.5.1."""
    scheme, _, rest = text.partition(" ")
    if scheme.lower() != "oauth":
        return
    rest = rest.strip()
    while rest:
        found = PARAMETER.match(rest)
        if not found:
            faults.append("header cannot be read")
            return
        name, equals, quoted, bare, comma = found.groups()
        rest = rest[found.end():]
        if equals != "=":
            faults.append("white space around = in the header")
        if quoted is None:
            faults.append("value without quotes in the header")
        if comma and not rest:
            faults.append("comma at the end of the header")
        if name.lower() != "realm":
            value = quoted if quoted is not None else bare
            if re.search(r"%(?![0-9A-Fa-f]{2})", value):
                faults.append("malformed escape in the header")
            if not re.fullmatch(r"[!-~]*", value):
                faults.append("unencoded space or letter in the header")
            yield decode(name.encode()), decode(value.encode())


def judge(request):
    """Why a request is wrong, or None; and what is unusual about it."""
    faults = []
    in_header = [pair for text in request["authorization"] for pair in header(text, faults)]
    target = request["target"].encode()
    path, _, query = target.partition(b"?")
    in_query = list(pairs(query))
    body = request["body"].encode()
    media_type = (request["type"] or "").split(";")[0].strip().lower()
    request["is_form"] = media_type == "application/x-www-form-urlencoded"
    in_form = list(pairs(body)) if request["is_form"] else []
    every = in_header + in_query + in_form
    protocol = [(name.decode(), value) for name, value in every if name.startswith(b"oauth_")]
    claims = dict(protocol)
    if len(claims) != len(protocol):
        return "a protocol parameter occurs twice", faults
    places = [any(name.startswith(b"oauth_") for name, _ in place) for place in (in_header, in_query, in_form)]
    if sum(places) > 1:
        return "oauth_ parameters in several places", faults  # Section 3.5.
    if not request["target"].isascii():
        return "the target is not ASCII", faults
    if faults:
        return faults[0], faults
    if "oauth_signature" not in claims:
        return "no signature", faults
    method = claims.get("oauth_signature_method", b"").decode()
    token = claims.get("oauth_token", b"").decode()
    consumer = claims.get("oauth_consumer_key", b"").decode()
    host = request["host"].removesuffix(":80")
    uri = f"http://{host}".encode() + (path or b"/")
    every = sorted((encode(name), encode(value)) for name, value in every if name != b"oauth_signature")
    normalized = b"&".join(name + b"=" + value for name, value in every)
    base = b"&".join(encode(part) for part in (request["method"].upper().encode(), uri, normalized))
    request["base"] = base.decode()
    known = [one for one in CREDENTIALS
             if one["CONSUMER_KEY"] == consumer and token in ("", one.get("TOKEN", ""))]
    if not known:
        return f"unknown consumer {consumer} with {token}", faults
    secrets = [known[0]["CONSUMER_SECRET"], known[0].get("TOKEN_SECRET", "") if token else ""]
    key = b"&".join(encode(secret.encode()) for secret in secrets)
    signature = claims["oauth_signature"]
    family, _, digest = method.partition("-")
    if (family not in ("HMAC", "RSA") or digest not in ("SHA1", "SHA256", "SHA512")) and method != "PLAINTEXT":
        return f"signature method {method}", faults

    def is_right(text, key=key):
        if family == "HMAC":
            return hmac.compare_digest(base64.b64encode(hmac.digest(key, text, digest)), signature)
        if family != "RSA":
            return signature == key
        try:
            octets = base64.b64decode(signature, validate=True)
            PUBLIC_KEY.verify(octets, text, padding.PKCS1v15(), getattr(hashes, digest)())
            return True
        except (InvalidSignature, ValueError):
            return False

    if not is_right(base):
        signed = [(name.encode(), value) for name, value in protocol if name != "oauth_signature"]
        for made in attempts():
            other = b"&".join(
                secret.encode() if "a secret is not encoded" in made else encode(secret.encode())
                for secret in [secrets[0], "" if "the token secret is not used" in made else secrets[1]])
            if is_right(base_string(request, signed, encode, decode, made), other):
                return ", ".join(made), faults
        return "signature", faults
    if "oauth_body_hash" in claims:
        expected = base64.b64encode(hashlib.new(digest or "sha1", body).digest())
        if claims["oauth_body_hash"] != expected:
            return "hash of the body", faults
    return None, faults


def main():
    for file in sys.argv[1:]:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            request = json.loads(line)
            request["wrong"], request["faults"] = judge(request)
            print(json.dumps(request, ensure_ascii=False))


if __name__ == "__main__":
    main()
