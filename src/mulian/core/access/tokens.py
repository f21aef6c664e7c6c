"""Random secrets that are shown once and kept only as hashes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def make() -> str:
    """256 random bits, safe in a URL and a header."""
    return secrets.token_urlsafe(32)


def share() -> str:
    """The county's half of a phone's key: 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def derived(label: str) -> str:
    """The same token at every start on one data folder (demo accounts only): an HMAC of the folder's key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"mulian:{label}".encode(), hashlib.sha256).hexdigest()


def digest(token: str) -> str:
    """What is stored and looked up. Tokens are random, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def digits() -> str:
    """Six digits that can be read aloud."""
    return f"{secrets.randbelow(1_000_000):06d}"
