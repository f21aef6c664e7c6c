"""Limits for people without a login (G26): by address, hashed with a salt that lives a day.

Where one process serves, the salt is in its memory only; where several do, it comes from the server's key and the day.

A county may sit behind one address, so what is over the limit is held back for an officer, not refused.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from mulian.core.access.limits import Shared
from mulian.core.database.vendor import is_postgresql
from mulian.kernel.bucket import Buckets
from mulian.kernel.clock import local_day

SALT_BYTES = 32
V6_SITE_BITS = 64
"""Addresses of one house or phone share this many first bits."""
EVERYBODY = "everybody"


@dataclass
class _Salt:
    day: str = ""
    value: bytes = field(default=b"", repr=False)


_salt, _lock = _Salt(), threading.Lock()


def address(request: HttpRequest) -> str:
    """Where a request comes from: the nearest address, or what our own proxy (MULIAN_PROXY) says it was."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.MULIAN_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def key_of(address: str, at: datetime) -> str:
    """The address as limits know it: nobody can tell it back, and tomorrow it is another."""
    return blake2b(_site(address).encode(), key=_salt_of(local_day(at)), digest_size=12).hexdigest()


def _site(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> V6_SITE_BITS)
    return str(found)


def _salt_of(day: str) -> bytes:
    if is_postgresql():
        return hmac.digest(settings.SECRET_KEY.encode(), f"mulian:visitors:{day}".encode(), "sha256")
    with _lock:
        if _salt.day != day:
            _salt.day, _salt.value = day, secrets.token_bytes(SALT_BYTES)
        return _salt.value


@dataclass(frozen=True)
class Limit:
    """A bucket for each address and one for all of them together."""

    each: Shared
    all: Shared

    def take(self, address: str, at: datetime, cost: float = 1.0) -> str:
        """Empty when there was room, else which bucket was empty: `address` or `everybody`."""
        key, now = key_of(address, at), at.timestamp()
        if not self.each.take(key, now, cost):
            return "address"
        if not self.all.take(EVERYBODY, now, cost):
            self.each.take(key, now, -cost)
            return EVERYBODY
        return ""

    def give_back(self, address: str, at: datetime, cost: float = 1.0) -> None:
        """What was taken for nothing bad: the code was right."""
        self.each.take(key_of(address, at), at.timestamp(), -cost)
        self.all.take(EVERYBODY, at.timestamp(), -cost)

    def room(self, address: str, at: datetime) -> bool:
        """Whether both have room; nothing is taken."""
        now = at.timestamp()
        return self.each.holds(key_of(address, at), now) and self.all.holds(EVERYBODY, now)

    def clear(self) -> None:
        self.each.clear()
        self.all.clear()


def limit(name: str, *, each: Buckets, all: Buckets) -> Limit:
    """A limit under its name."""
    return Limit(Shared(name, each), Shared(f"{name}:all", all))
