"""Reads XML from strangers: by expat, without DOCTYPE or entities, within limits of depth, count and length.

The same wall as Open311's (ADR 29). What is kept of a document is a tree of local names, attributes and text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from mulian.gateways.openrosa.domain.refusals import UNREADABLE
from mulian.kernel.problems import Problem

LARGEST = 10 * 1024 * 1024
DEEPEST, MOST, LONGEST = 40, 200_000, 1_000_000
"""Levels, elements, and signs in one answer."""


@dataclass
class Element:
    """One element: its local name, its namespace, attributes by local name, own text, children in order."""

    name: str
    space: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        return next(self.named(name), None)

    def named(self, name: str) -> Iterator[Element]:
        return (each for each in self.children if each.name == name)

    def said(self, name: str) -> str:
        """The text of a child, without the space around it; empty where there is none."""
        found = self.child(name)
        return found.text.strip() if found else ""


def read(body: bytes) -> Element:
    """The root. Raises `too_large`, `openrosa.unreadable`."""
    if len(body) > LARGEST:
        raise Problem("too_large")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Problem(UNREADABLE) from error
    assert reader.root is not None
    return reader.root


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition("\n")
    return space, local


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._path: list[Element] = []
        self._count = 0

    def refuse(self, *_: Any) -> None:
        raise Problem(UNREADABLE)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if len(self._path) >= DEEPEST or self._count > MOST:
            raise Problem(UNREADABLE)
        space, local = _split(name)
        made = Element(local, space, {_split(key)[1]: value for key, value in attributes.items()})
        if self._path:
            self._path[-1].children.append(made)
        else:
            self.root = made
        self._path.append(made)

    def end(self, _: str) -> None:
        self._path.pop()

    def text(self, said: str) -> None:
        here = self._path[-1]
        if len(here.text) + len(said) > LONGEST:
            raise Problem("too_large")
        here.text += said
