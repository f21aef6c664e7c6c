"""Another system's GeoReport v2, read with suspicion: small, flat, without DOCTYPE; anything else is unreadable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from mulian.gateways.open311.domain.requesting import cleaned

LARGEST, DEEPEST, LONGEST, MOST = 64 * 1024, 6, 1000, 200
Record = Mapping[str, str]


class Unreadable(Exception):
    """The body is no answer of the standard; the message holds nothing of it."""


@dataclass(frozen=True, kw_only=True)
class System:
    """Another system as the settings name it, with what a person mapped.

    `services`: topic → its service_code; "" is for all other topics, and a topic without a code is not taken there.
    `updates`: it speaks the extension `servicerequestupdates`, which tells each step apart.
    """

    code: str
    name: str
    url: str
    api_key: str = field(default="", repr=False)
    jurisdiction: str = ""
    format: str = "json"
    services: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    updates: bool = False

    def service_for(self, topic: str) -> str:
        """The nearest of the topic and its parents (road.bridge, road); empty: it takes no such thing."""
        parts = topic.split(".")
        lines = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        return next((self.services[line] for line in [*lines, ""] if line in self.services), "")

    def address(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/{path}.{self.format}"


def first_record(body: bytes, format: str) -> Record:
    """The first request of an answer: plain fields only, without signs no database can carry. Raises Unreadable."""
    found = _records(body, format, "service_requests")
    if not found or not found[0]:
        raise Unreadable("no request in it")
    return found[0]


def services_of(body: bytes, format: str) -> list[Record]:
    """What an answer of `services` offers, each with its code. Raises Unreadable, also for an empty list."""
    found = [each for each in _records(body, format, "services") if each.get("service_code")]
    if not found:
        raise Unreadable("no service in it")
    return found


def updates_of(body: bytes, format: str, number: str) -> list[Record]:
    """What an answer of `servicerequestupdates` says of one request, each with its id. Raises Unreadable."""
    found = _records(body, format, "service_request_updates")
    return [each for each in found if each.get("service_request_id") == number and each.get("update_id")]


def refusal_of(body: bytes, format: str) -> str:
    """Why the other system says no, in its own words; empty where its body is no answer of the standard."""
    try:
        found = _records(body, format, "errors")
    except Unreadable:
        return ""
    return " ".join(each["description"] for each in found if each.get("description"))


def _records(body: bytes, format: str, root: str) -> list[Record]:
    if len(body) >= LARGEST:
        raise Unreadable("too large")
    found = _json(body) if format == "json" else _xml(body, root)
    return [{name: cleaned(text)[:LONGEST] for name, text in each.items()} for each in found[:MOST]]


def _json(body: bytes) -> list[dict[str, str]]:
    try:
        value: Any = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    for _ in range(2):
        if isinstance(value, dict) and len(value) == 1:
            value = next(iter(value.values()))
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(each, dict) for each in found[:1]):
        raise Unreadable("no request in it")
    return [_plain(each) for each in found if isinstance(each, dict)]


def _plain(value: dict[Any, Any]) -> dict[str, str]:
    return {
        str(name): str(each)
        for name, each in value.items()
        if isinstance(each, str | int | float) and not isinstance(each, bool)
    }


def _xml(body: bytes, root: str) -> list[dict[str, str]]:
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise Unreadable("no XML") from error
    if reader.root != root:
        raise Unreadable("no request in it")
    return reader.records


class _Reader:
    """Collects root > record > field."""

    def __init__(self) -> None:
        self.root, self.records = "", list[dict[str, str]]()
        self._path: list[str] = []

    def refuse(self, *_: Any) -> None:
        raise Unreadable("a DOCTYPE")

    def start(self, name: str, _: Mapping[str, str]) -> None:
        self._path.append(name)
        self.root = self.root or name
        if len(self._path) > DEEPEST:
            raise Unreadable("too deep")
        if len(self._path) == 2:
            self.records.append({})
        if len(self._path) == 3:
            self.records[-1].setdefault(name, "")

    def end(self, name: str) -> None:
        self._path.pop()

    def text(self, data: str) -> None:
        if len(self._path) == 3:
            self.records[-1][self._path[2]] += data
