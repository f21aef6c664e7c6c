"""Checks a pack: shapes, references, languages, writing, refused bodies, then every module's part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import Any

import msgspec

from mulian.core import registry
from mulian.core.packs import references
from mulian.core.packs.pack import Fault, Pack
from mulian.core.packs.shapes import ROWS, WHOLE
from mulian.core.packs.writing import strings, wrong_writing
from mulian.kernel.refused import refused_in

NEEDED = (
    "pack",
    "levels",
    "roles",
    "units",
    "topics",
    "hazards",
    "promises",
    "calendars",
    "ladder",
    "liaisons",
    "tests",
)


def check(pack: Pack, parts: Iterable[ModuleType] | None = None) -> list[Fault]:
    """Everything wrong with a pack; empty: it can be used. `parts`: modules' pack parts (default: all)."""
    found = tuple(module_parts() if parts is None else parts)
    shape = [*_missing(pack), *_shapes(pack, found)]
    faults = [*shape, *_writing(pack), *_refused(pack)]
    if not shape:
        faults += references.check(pack)
    if not faults:
        faults = [Fault(part.__name__, "", said) for part in found for said in part.check(pack)]
    return faults


def module_parts() -> tuple[ModuleType, ...]:
    """The `pack` parts of all installed modules: `check(pack) -> list[str]`, perhaps `run_tests`,
    `notes`, `preview`, `apply`, `FILES`."""
    return tuple(import_module(module.pack) for module in registry.modules() if module.pack)


def notes(pack: Pack, now: datetime, parts: Iterable[ModuleType] | None = None) -> list[str]:
    """What is no fault but should be known at that moment, such as holidays of a year that are not published yet."""
    found = module_parts() if parts is None else parts
    speaking = [part for part in found if hasattr(part, "notes")]
    return [said for part in speaking for said in part.notes(pack, now)]


def run_tests(pack: Pack, parts: Iterable[ModuleType] | None = None) -> list[Fault]:
    """Runs tests.toml through every module that has a runner; returns what failed."""
    found = module_parts() if parts is None else parts
    runners = [part for part in found if hasattr(part, "run_tests")]
    return [Fault("tests.toml", "", said) for part in runners for said in part.run_tests(pack)]


def _missing(pack: Pack) -> Iterator[Fault]:
    for stem in NEEDED:
        if stem not in pack.tables:
            yield Fault(f"{stem}.toml", "", "is missing")
    if not pack.areas:
        yield Fault("areas.csv", "", "is missing or empty")


def _shapes(pack: Pack, parts: tuple[ModuleType, ...]) -> Iterator[Fault]:
    owned = {stem for part in parts for stem in getattr(part, "FILES", ())}
    for stem, table in pack.tables.items():
        if stem in WHOLE:
            yield from _fits(table, WHOLE[stem], stem, "")
        elif stem in ROWS:
            yield from _rows(stem, table)
        elif stem not in owned:
            yield Fault(f"{stem}.toml", "", "is no file of a pack")


def _rows(stem: str, table: Any) -> Iterator[Fault]:
    for key, rows in table.items():
        shape = ROWS[stem].get(key)
        if shape is None or not isinstance(rows, list):
            yield Fault(f"{stem}.toml", key, "is no table of this file" if shape is None else "must be [[…]]")
            continue
        for row in rows:
            yield from _fits(row, shape, stem, _label(row))


def _label(row: Any) -> str:
    return str(row.get("code") or row.get("name") or "?") if isinstance(row, dict) else "?"


def _fits(value: Any, shape: type[msgspec.Struct], stem: str, where: str) -> Iterator[Fault]:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError as wrong:
        yield Fault(f"{stem}.toml", where, str(wrong))


def _writing(pack: Pack) -> Iterator[Fault]:
    for stem, table in pack.tables.items():
        for path, text in strings(table):
            if wrong := wrong_writing(text):
                yield Fault(f"{stem}.toml", path, f"{text!r} {wrong}")
    for area in pack.areas:
        if wrong := wrong_writing(area.name_bo):
            yield Fault("areas.csv", area.code, f"{area.name_bo!r} {wrong}")


def _refused(pack: Pack) -> Iterator[Fault]:
    for stem, table in pack.tables.items():
        if stem in ("tests", "review"):
            continue
        for path, text in strings(table):
            if word := refused_in(text):
                yield Fault(f"{stem}.toml", path, f"{word!r} is refused: no pack may name it")
