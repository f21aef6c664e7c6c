"""HTTP Digest (RFC 7616) as OpenRosa asks for it: MD5, qop "auth", a domain. Pure arithmetic on strings.

MD5 is the protocol's word, not our choice; what it hashes is a random key of 160 bits, so nothing can be guessed back.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from hashlib import md5, sha256

REALM = "Mulian OpenRosa"
DOMAIN = "/openrosa/"
FRESH_SECONDS = 600
"""How long one nonce serves. A program that holds an older one is asked again (`stale`), not its owner."""
EARLY_SECONDS = 60
"""Two machines of one county may differ by so much."""
LONGEST = 4096

_PARAMETER = re.compile(r'([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_COUNT = re.compile(r"[0-9a-fA-F]{8}")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a program wrote into `Authorization: Digest`."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    count: str
    cnonce: str


def challenge(nonce: str, *, stale: bool = False) -> str:
    """The value of WWW-Authenticate."""
    again = ", stale=true" if stale else ""
    return f'Digest realm="{REALM}", domain="{DOMAIN}", nonce="{nonce}", algorithm=MD5, qop="auth"{again}'


def proof(header: str) -> Proof | None:
    """Reads the header; None for another scheme, a missing part, or anything but MD5 with qop auth."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest" or len(header) > LONGEST:
        return None
    said = {name.lower(): _unquoted(quoted) or bare for name, quoted, bare in _PARAMETER.findall(rest)}
    known = said.get("qop") == "auth" and said.get("algorithm", "MD5").upper() == "MD5"
    if not known or not _COUNT.fullmatch(said.get("nc", "")) or said.get("realm") != REALM:
        return None
    names = {"count": "nc"}
    wanted = ("username", "realm", "nonce", "uri", "response", "count", "cnonce")
    found = {each: said.get(names.get(each, each), "") for each in wanted}
    return Proof(**found) if all(found.values()) else None


def _unquoted(text: str) -> str:
    """Headers travel as Latin-1; a name in another script was UTF-8 before."""
    plain = re.sub(r"\\(.)", r"\1", text)
    try:
        return plain.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return plain


def proves(given: Proof, *, key: str, method: str) -> bool:
    """Whether whoever wrote this knew the key; compared in constant time."""
    ours = expected(given, key=key, method=method)
    return hmac.compare_digest(ours.encode(), given.response.lower().encode("utf-8", "replace"))


def expected(given: Proof, *, key: str, method: str) -> str:
    """The response that a knower of the key writes."""
    first = _md5(f"{given.username}:{given.realm}:{key}")
    second = _md5(f"{method}:{given.uri}")
    return _md5(f"{first}:{given.nonce}:{given.count}:{given.cnonce}:auth:{second}")


def make_nonce(secret: bytes, *, seconds: float, random: str) -> str:
    """A value that says when it was made and that we made it: nothing has to be kept of it."""
    stamp = f"{int(seconds):x}.{random}"
    return f"{stamp}.{_mark(secret, stamp)}"


def is_fresh(nonce: str, secret: bytes, *, seconds: float) -> bool:
    """Whether the nonce is ours and young enough."""
    stamp, _, mark = nonce.rpartition(".")
    if not hmac.compare_digest(_mark(secret, stamp).encode(), mark.encode("utf-8", "replace")):
        return False
    made = int(stamp.partition(".")[0], 16)
    return -EARLY_SECONDS <= seconds - made <= FRESH_SECONDS


def _mark(secret: bytes, stamp: str) -> str:
    return hmac.new(secret, f"openrosa-nonce:{stamp}".encode(), sha256).hexdigest()[:32]


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
