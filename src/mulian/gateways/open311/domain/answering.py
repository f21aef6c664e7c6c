"""The two formats. A tree of plain values is written as XML (text/xml) or as JSON by the standard's mapping of it.

XML: a list's items carry the name the standard gives them; nothing stands as an empty element. JSON: a bare list,
null for nothing. Nothing here reads XML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import escape

Tree = Mapping[str, Any]
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""list → name of one item in XML."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Format(StrEnum):
    XML = "xml"
    JSON = "json"


MIME = {Format.XML: "text/xml; charset=utf-8", Format.JSON: "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Listing:
    """A list that is the whole answer: its XML root, and its items."""

    root: str
    items: Sequence[Tree]


@dataclass(frozen=True)
class Single:
    """One thing that is the whole answer."""

    root: str
    tree: Tree


def written(answer: Listing | Single, format: Format) -> bytes:
    """The body in one format, UTF-8."""
    if format is Format.JSON:
        value = list(answer.items) if isinstance(answer, Listing) else answer.tree
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    inner = _items(answer.items, ITEMS[answer.root]) if isinstance(answer, Listing) else _members(answer.tree)
    body = "".join(inner)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{answer.root}>{body}</{answer.root}>\n'
    return text.encode("utf-8", "replace")


def _items(items: Sequence[Any], name: str) -> Iterator[str]:
    for item in items:
        inner = "".join(_members(item)) if isinstance(item, Mapping) else _text(item)
        yield f"<{name}>{inner}</{name}>"


def _members(tree: Tree) -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, list | tuple):
            yield f"<{name}>{''.join(_items(value, ITEMS[name]))}</{name}>"
        elif value is None or value == "":
            yield f"<{name}/>"
        else:
            yield f"<{name}>{_text(value)}</{name}>"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_NOT_XML.sub("", str(value)))


def asked_format(suffix: str, accept: str) -> Format | None:
    """By the address (.xml, .json); without either by Accept, JSON where that leaves it open; None: neither."""
    if suffix:
        return Format(suffix) if suffix in (Format.XML, Format.JSON) else None
    kinds = _accepted(accept)
    if not kinds:
        return Format.JSON
    fitting = {
        Format.JSON: ("application/json", "application/*", "*/*"),
        Format.XML: ("text/xml", "application/xml", "text/*", "*/*"),
    }
    for kind in kinds:
        found = next((format for format, known in fitting.items() if kind in known), None)
        if found is not None:
            return found
    return Format.JSON if "text/html" in kinds else None


def _accepted(accept: str) -> list[str]:
    """Media types, best first; one with q=0 is refused."""
    ranked = []
    for place, part in enumerate(accept.split(",")):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((_quality(each[2:]) for each in parameters if each.startswith("q=")), 1.0)
        if kind and quality > 0:
            ranked.append((-quality, place, kind))
    return [kind for _, _, kind in sorted(ranked)]


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
