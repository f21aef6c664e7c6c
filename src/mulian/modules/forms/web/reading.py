"""Answers from the fields of a page. A field is named by its question's path with positions: `people[2]/age`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import QueryDict

from mulian.modules.forms.domain.answers.filling import MOST_INSTANCES
from mulian.modules.forms.domain.definition import MEDIA, Definition, Kind, Node

ENDINGS = {Kind.IMAGE: "jpg", Kind.AUDIO: "m4a"}


def answers(form: Definition, sent: QueryDict, files: Collection[str] = ()) -> dict[str, Any]:
    """What was filled in; a number that is none stays the text it was, and is refused as such.

    `files`: names of files that corrected answers had; they stay theirs.
    """
    return _group(form.items, "", sent, files)


def _group(nodes: tuple[Node, ...], above: str, sent: QueryDict, files: Collection[str]) -> dict[str, Any]:
    found = {node.name: _one(node, f"{above}{node.name}", sent, files) for node in nodes}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _one(node: Node, name: str, sent: QueryDict, files: Collection[str]) -> Any:
    if node.type == Kind.GROUP:
        return _group(node.children, f"{name}/", sent, files)
    if node.type == Kind.REPEAT:
        return _rows(node, name, sent, files)
    said = sent.get(name, "").strip()
    match node.type:
        case Kind.INTEGER:
            return int(said) if said.removeprefix("-").isdecimal() else said
        case Kind.DECIMAL:
            return _decimal(said)
        case Kind.SELECT_MULTIPLE:
            return sent.getlist(name)
        case Kind.ACKNOWLEDGE:
            return True if said else None
        case Kind.GEOPOINT:
            return _point(said)
    if node.type in MEDIA:
        return _file(name, node.type, said, files) if said else None
    return None if node.calculation is not None else said


def _rows(node: Node, name: str, sent: QueryDict, files: Collection[str]) -> list[dict[str, Any]]:
    """As many as the page had, without the one taken out, with one more where that was asked."""
    told = sent.get(f"{name}#", "0")
    many = min(int(told), MOST_INSTANCES) if told.isdecimal() else 0
    places = [at for at in range(1, many + 1) if sent.get("remove") != f"{name}[{at}]"]
    found = [_group(node.children, f"{name}[{at}]/", sent, files) for at in places]
    return [*found, {}] if sent.get("add") == name and many < MOST_INSTANCES else found


def _file(name: str, kind: Kind, said: str, files: Collection[str]) -> str:
    """The file it had, or a name that none has."""
    if said in files:
        return said
    new = file_name(name, kind)
    return f"new-{new}" if new in files else new


def file_name(name: str, kind: Kind) -> str:
    """What a file that follows will be called."""
    plain = name.replace("[", "-").replace("]", "").replace("/", "-")
    return f"{plain}.{ENDINGS[kind]}"


def _decimal(said: str) -> Any:
    try:
        return float(said) if said and said.isascii() else said
    except ValueError:
        return said


def _point(said: str) -> Any:
    """`latitude longitude`, parted by a space or comma."""
    parts = said.replace(",", " ").split()
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return said or None
    return {"lat": lat, "lon": lon}
