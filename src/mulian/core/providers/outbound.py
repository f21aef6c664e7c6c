"""The one way out of the building: a call to an address an administrator named (G25).

The name is resolved once and that very address is called, so it cannot change between the check and the call.
Inside addresses (private, loopback, link-local, shared, mapped) are refused unless their network was listed:
departments do sit on 10.x. Redirects are not followed.
The whole call ends in time: whoever drips an answer byte by byte is cut off.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import urlsplit

TIMEOUT = 10.0
LONGEST_ANSWER = 64 * 1024


class Unreachable(Exception):
    """Not called, or no answer: the message says why and holds nothing of what was to be sent."""


@dataclass(frozen=True)
class Reply:
    """Status and the beginning of the body; a redirect is a reply like any other."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Target:
    """Where a call goes: parsed from an address of the settings, never from data."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> Target:
        """Raises Unreachable for anything but http(s) with a host and without a user in it."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise Unreachable("the address must be http or https, with a host and without a user")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, parts.hostname, port, path)


def resolve(target: Target, inside: Sequence[str]) -> str:
    """One address of the host that may be called; `inside` lists networks (CIDR) that are allowed though
    private.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("the host has no address") from error
    allowed = [ipaddress.ip_network(network) for network in inside]
    for *_, (address, *_rest) in found:
        if _may_call(ipaddress.ip_address(str(address).partition("%")[0]), allowed):
            return str(address)
    raise Unreachable("the host's address lies inside a network that is not listed")


def _may_call(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
    allowed: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network],
) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    real = mapped or address
    if any(real.version == network.version and real in network for network in allowed):
        return True
    return real.is_global and not real.is_multicast


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, inside: Sequence[str] = (), timeout: float = TIMEOUT
) -> Reply:
    """Call once. Raises Unreachable when nobody answered in time."""
    return _call("POST", url, body, headers, inside, timeout)


def get(
    url: str,
    headers: Mapping[str, str],
    *,
    inside: Sequence[str] = (),
    timeout: float = TIMEOUT,
    most: int = LONGEST_ANSWER,
) -> Reply:
    """Ask once; at most so many bytes are read. Raises Unreachable when nobody answered in time."""
    return _call("GET", url, None, headers, inside, timeout, most)


def _call(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    inside: Sequence[str],
    timeout: float,
    most: int = LONGEST_ANSWER,
) -> Reply:
    target = Target.of(url)
    connection = _connection(target, resolve(target, inside), timeout)
    over = Event()
    cut = Timer(timeout, _cut, (connection.sock, over))
    cut.daemon = True
    cut.start()
    try:
        told = {**headers, "Host": _host(target), "Connection": "close"}
        connection.request(method, target.path, body, told)
        answer = connection.getresponse()
        found = Reply(answer.status, answer.read(most))
        if over.is_set():
            raise Unreachable("the answer took too long")
        return found
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        cut.cancel()
        connection.close()


def _cut(line: socket.socket, over: Event) -> None:
    """Ends a call whose time is over, whatever it waits for."""
    over.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _host(target: Target) -> str:
    usual = 443 if target.scheme == "https" else 80
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == usual else f"{host}:{target.port}"


def _connection(target: Target, address: str, timeout: float) -> http.client.HTTPConnection:
    """To exactly that address; TLS still proves the name."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=timeout)
    try:
        plain = socket.create_connection((address, target.port), timeout)
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
            if target.scheme == "https"
            else plain
        )
    except OSError as error:
        raise Unreachable(type(error).__name__) from error
    return connection
