"""What clients do wrong, as changes of the base string that is right: to tell which of them a wrong signature shows."""

import itertools
from urllib.parse import urlsplit


def _raw(octets):
    """The pairs of a query or a form as they are written."""
    for pair in octets.split(b"&"):
        name, equals, value = pair.partition(b"=")
        yield name, value, equals


MISTAKES = [
    "the query is not signed", "the form is not signed", "a pair without name and value is signed",
    "only the first of several values is signed", "only the last of several values is signed",
    "parameters without a value are not signed", "a semicolon is taken for a separator",
    "a value is taken to end at its equals sign", "names are signed without being encoded",
    "names and values are signed as they are written", "a plus sign is not read as a space",
    "characters are encoded as Latin-1", "!*'() are not encoded", "a tilde is encoded",
    "parameters are sorted before they are encoded", "pairs are sorted as joined texts",
    "parameters are sorted by name only", "the default port is signed", "the host is signed in upper case",
    "the path is missing", "the path is signed decoded and encoded again", "the path is signed decoded",
    "another path is signed than is sent", "the method is not in upper case",
    "the fragment is signed", "a secret is not encoded", "the token secret is not used", "the query is signed twice",
    "the parameters of the query are signed with the question mark", "oauth_body_hash is encoded once only",
]


def attempts():
    """Each mistake, and each two of them."""
    yield from ([mistake] for mistake in MISTAKES)
    yield from map(list, itertools.combinations(MISTAKES, 2))


def base_string(request, protocol, encode, decode, made):
    """The base string with some mistakes."""
    path, mark, query = request["target"].encode().partition(b"?")
    if "the parameters of the query are signed with the question mark" in made:
        query = mark + query
    if "the fragment is signed" in made:
        query += b"#" + request["given"].partition("#")[2].encode()
    parts = [] if "the query is not signed" in made else [query] if mark else []
    if "the query is signed twice" in made:
        parts.append(query)
    if request["is_form"] and "the form is not signed" not in made:
        parts.append(request["body"].encode())
    pairs = []
    for part in parts:
        if "a semicolon is taken for a separator" in made:
            part = part.replace(b";", b"&")
        for name, value, equals in _raw(part):
            if not name and not value and not equals and "a pair without name and value is signed" not in made:
                continue
            if not value and "parameters without a value are not signed" in made:
                continue
            if "a value is taken to end at its equals sign" in made:
                value = value.split(b"=")[0]
            if "names and values are signed as they are written" not in made:
                if "a plus sign is not read as a space" not in made:
                    name, value = name.replace(b"+", b" "), value.replace(b"+", b" ")
                name, value = decode(name), decode(value)
            pairs.append((name, value))
    for wanted, order in (("first", 1), ("last", -1)):
        if f"only the {wanted} of several values is signed" in made:
            pairs = list(dict(pairs[::-order]).items())
    pairs = [(name, value) for name, value in pairs if not name.startswith(b"oauth_")] + protocol

    def encoded(octets):
        if "characters are encoded as Latin-1" in made:
            octets = octets.decode("latin-1").encode()
        result = encode(octets)
        if "!*'() are not encoded" in made:
            for character in b"!*'()":
                result = result.replace(b"%%%02X" % character, bytes([character]))
        return result.replace(b"~", b"%7E") if "a tilde is encoded" in made else result

    if "parameters are sorted before they are encoded" in made:
        pairs.sort()
    written = [(name if "names are signed without being encoded" in made else encoded(name),
                value if name == b"oauth_body_hash" and "oauth_body_hash is encoded once only" in made
                else encoded(value)) for name, value in pairs]
    if "parameters are sorted by name only" in made:
        written.sort(key=lambda pair: pair[0])
    elif "parameters are sorted before they are encoded" not in made:
        written.sort()
    joined = [name + b"=" + value for name, value in written]
    if "pairs are sorted as joined texts" in made:
        joined.sort()

    host = request["host"]
    if "the default port is signed" not in made:
        host = host.removesuffix(":80")
    elif ":" not in host:
        host += ":80"
    if "the host is signed in upper case" in made:
        host = host.upper()
    path = path or b"/"
    if "the path is missing" in made and path == b"/":
        path = b""
    if "another path is signed than is sent" in made:
        path = urlsplit(request["given"]).path.encode() or b"/"
    if "the path is signed decoded" in made:
        path = decode(path)
    if "the path is signed decoded and encoded again" in made:
        path = encode(decode(path)).replace(b"%2F", b"/")
    method = request["method"] if "the method is not in upper case" in made else request["method"].upper()
    return b"&".join(encoded(part) for part in (method.encode(), b"http://" + host.encode() + path, b"&".join(joined)))
