"""What a phone keeps: frozen commands and media, what became of each, and the county's data."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from bench.seal import Key
from mulian.kernel.ids import uuid7


@dataclass(frozen=True)
class Saved:
    """A command as it lies in the outbox: `wire` is its bytes, never changed again."""

    id: str
    wire: bytes
    media: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True)
class Media:
    """A sound or photo, exactly the bytes that are sent."""

    bytes: bytes
    mime: str
    sealed: str = ""
    """The key it is sealed to; its name is the hash of the sealed bytes, which are what travels."""

    @property
    def sha256(self) -> str:
        return sha256(self.bytes).hexdigest()


@dataclass
class Upload:
    """How far a sound has come by the server's count; `whole` only with its hash."""

    offset: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Thing:
    """One record of the county; `round` tells which full pull brought it."""

    rev: int
    round: int
    data: Mapping[str, Any]


@dataclass
class Store:
    """A phone's memory. It outlives the app, a drop of the line, and the server."""

    key: Key | None = None
    commands: dict[str, Saved] = field(default_factory=dict)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    things: dict[tuple[str, str], Thing] = field(default_factory=dict)
    epoch: str | None = None
    cursor: str | None = None
    round: int = 1
    cold: bool = True
    seq: int = 0

    def keep(self, file: bytes, mime: str) -> Media:
        """A sound or photo as it will travel: sealed where the phone knows the county's key."""
        if self.key is None:
            part = Media(file, mime)
        else:
            part = Media(self.key.seal(UUID(self.key.device).bytes + file), mime, self.key.kid)
        self.media[part.sha256] = part
        return part

    def save(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        at: datetime,
        media: Iterable[str] = (),
        after: Iterable[str] = (),
    ) -> str:
        """Freezes a command, sealed where the phone knows the county's key; returns its id. `media`: kept hashes."""
        self.seq += 1
        id = str(uuid7())
        open_ = {"id": id, "seq": self.seq, "kind": kind, "v": 1, "at": at.isoformat(timespec="seconds")}
        inner = open_ | {"after": list(after), "body": dict(body)}
        self.commands[id] = Saved(id, _wire(inner, self.key), tuple(media), body.get("urgent") is True)
        return id

    def unsent(self, limit: int) -> list[Saved]:
        """Commands without a receipt, urgent ones first, then in order of saving."""
        waiting = [one for id, one in self.commands.items() if id not in self.receipts]
        return sorted(waiting, key=lambda one: not one.urgent)[:limit]

    def media_due(self) -> list[str]:
        """Sounds whose command the server knows and that are not whole there, urgent first."""
        known = [one for id, one in self.commands.items() if id in self.receipts]
        known.sort(key=lambda one: not one.urgent)
        names = dict.fromkeys(name for one in known for name in one.media)
        return [name for name in names if not self.uploads.get(name, Upload()).whole]

    def absorb(self, changes: Iterable[Mapping[str, Any]]) -> bool:
        """Applies what the county told. False when a patch did not fit: then everything is asked for again."""
        for change in changes:
            place = (change.get("kind", ""), change.get("id", ""))
            if place[0] == "receipt":
                if place[1] in self.commands:
                    self.receipts[place[1]] = {"id": place[1], **change["data"]}
            elif change["op"] == "drop":
                self.things.pop(place, None)
            elif not self._met(place, change):
                return False
        return True

    def sweep(self) -> None:
        """The end of a full pull: what it did not bring has left the scope."""
        self.things = {place: thing for place, thing in self.things.items() if thing.round == self.round}

    def _met(self, place: tuple[str, str], change: Mapping[str, Any]) -> bool:
        held, rev = self.things.get(place), change.get("rev", 0)
        fresh = held is None or held.round != self.round
        if held is not None and not fresh and held.rev > rev - (change["op"] == "patch"):
            return True
        if change["op"] == "put":
            self.things[place] = Thing(rev, self.round, change["data"])
            return True
        if held is None or held.rev != change.get("base", 0):
            return False
        self.things[place] = Thing(rev, self.round, merged(held.data, change["data"]))
        return True


def merged(old: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """JSON merge patch (RFC 7396), as the app does it."""
    found = dict(old)
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, dict):
            inner = found.get(name)
            found[name] = merged(inner if isinstance(inner, dict) else {}, value)
        else:
            found[name] = value
    return found


def _wire(inner: dict[str, Any], key: Key | None) -> bytes:
    if key is None:
        return _json(inner)
    box = base64.b64encode(key.seal(_json(inner | {"token": key.token}))).decode()
    shown = {"id": inner["id"], "seq": inner["seq"], "from": key.device}
    return _json(shown | {"sealed": {"kid": key.kid, "box": box}})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
