"""Finds packs: by name in the packs folder (the repository's, or the wheel's `mulian/_packs`), or by path."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from mulian.core.packs import reading
from mulian.core.packs.expansion import expand
from mulian.core.packs.pack import Pack


class BrokenPack(ValueError):
    """The pack cannot be loaded at all; the message names the file."""


def packs_folder() -> Path:
    return Path(settings.MULIAN_PACKS)


def names() -> tuple[str, ...]:
    """The packs of the packs folder that are counties."""
    return tuple(sorted(p.parent.name for p in packs_folder().glob("*/pack.toml") if p.parent.name != "base"))


def folder_of(pack: str | Path) -> Path:
    """A name means a folder of the packs folder; a Path, or text with a separator, a folder on disk."""
    folder = Path(pack) if isinstance(pack, Path) or "/" in pack or "\\" in pack else packs_folder() / pack
    if not (folder / "pack.toml").is_file():
        raise BrokenPack(f"no pack at {pack}: pack.toml is missing")
    return folder.resolve()


def load(pack: str | Path) -> Pack:
    """Reads a pack, merged onto the packs it extends. BrokenPack: not there, not readable, in a circle."""
    folder = folder_of(pack)
    try:
        tables = _tables(folder, ())
        areas = reading.read_areas(folder / "areas.csv")
        points = reading.read_points(folder / "points.csv")
    except reading.Unreadable as wrong:
        raise BrokenPack(str(wrong)) from wrong
    return Pack(folder, tables, areas, expand(tables.get("units", {}), areas), points)


def _tables(folder: Path, seen: tuple[Path, ...]) -> dict[str, dict[str, object]]:
    if folder in seen:
        raise BrokenPack(f"{folder.name} extends itself")
    tables = reading.read_tables(folder)
    parent = tables["pack"].get("extends")
    return (
        reading.merge_tables(_tables(_beside(folder, parent), (*seen, folder)), tables) if parent else tables
    )


def _beside(folder: Path, parent: str) -> Path:
    """The pack extended: a neighbour of this folder, else one of the packs folder."""
    neighbour = folder.parent / parent
    return neighbour.resolve() if (neighbour / "pack.toml").is_file() else folder_of(parent)


def current() -> Pack:
    """The pack of this installation (MULIAN_PACK), read once a process."""
    return _current(settings.MULIAN_PACK, settings.MULIAN_PACKS)


@cache
def _current(pack: str, packs: Path) -> Pack:
    return load(pack)
