"""The wire contract of `POST /field/sync` as types (fixed; see docs/reference/sync.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from mulian.core.sync import problems as problems  # registers the codes raised here and in the package
from mulian.kernel.problems import Problem

MAX_COMMANDS = 50
MAX_COMMAND_BYTES = 64 * 1024
MAX_PULL = 500
Verdict = Literal["received", "applied", "parked", "refused"]


class Request(msgspec.Struct):
    """One round trip: what the phone sends, and from where it wants to read."""

    v: int
    commands: list[msgspec.Raw] = []
    epoch: str | None = None
    cursor: str | None = None
    max: int = 200
    unsent: int = 0
    at: str | None = None


class Sealed(msgspec.Struct):
    """A command closed to the server's key: key id and box (base64)."""

    kid: str
    box: str


class Envelope(msgspec.Struct):
    """A command, open or sealed. `body` stays raw until it is applied.

    `token` is set only inside a box that another phone may carry: it proves which phone made it.
    """

    id: str
    seq: int = 0
    kind: str = ""
    v: int = 1
    at: str = ""
    after: list[str] = []
    body: msgspec.Raw = msgspec.Raw(b"{}")
    from_: str | None = msgspec.field(default=None, name="from")
    sealed: Sealed | None = None
    token: str | None = None


class Receipt(msgspec.Struct, omit_defaults=True):
    """What the server says of one command."""

    id: str
    verdict: Verdict
    code: str = ""
    message: str = ""
    refs: dict[str, str] = {}


class Change(msgspec.Struct, omit_defaults=True):
    """One change to what the phone holds."""

    op: Literal["put", "patch", "drop", "wipe"]
    kind: str = ""
    id: str = ""
    rev: int = 0
    base: int = 0
    data: dict[str, Any] | None = None


class Answer(msgspec.Struct):
    """The server's half of the round trip."""

    epoch: str
    cursor: str
    more: bool
    now: str
    receipts: list[Receipt]
    changes: list[Change]


_request = msgspec.json.Decoder(Request)
_envelope = msgspec.json.Decoder(Envelope)
encode = msgspec.json.Encoder().encode


def decode_request(body: bytes) -> Request:
    """Raises `bad_request` for anything that is not the contract, `sync.too_many` for over 50 commands."""
    try:
        request = _request.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("bad_request") from error
    if request.v != 1:
        raise Problem("sync.version")
    if len(request.commands) > MAX_COMMANDS:
        raise Problem("sync.too_many")
    return request


def decode_envelope(raw: bytes) -> Envelope:
    """Raises `sync.malformed` for a command that is not of the contract's shape."""
    try:
        return _envelope.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("sync.malformed") from error


def moment(text: str) -> datetime | None:
    """An RFC 3339 time with offset, else None (a phone's clock may be anything)."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo else None
