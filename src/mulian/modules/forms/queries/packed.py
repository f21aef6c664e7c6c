"""The forms that lie in a pack: `forms/*.md` of the pack it extends, then its own; a file of the same name wins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mulian.core.packs import Pack
from mulian.core.packs.finding import folder_of


def files(pack: Pack) -> list[Path]:
    """In the order of their names."""
    found = {path.name: path for folder in _folders(pack) for path in sorted((folder / "forms").glob("*.md"))}
    return [found[name] for name in sorted(found)]


def media(pack: Pack) -> dict[str, Path]:
    """The pictures and sounds of its labels, by name: `forms/media/`."""
    found = [path for folder in _folders(pack) for path in sorted((folder / "forms/media").glob("*.*"))]
    return {path.name: path for path in found}


def _folders(pack: Pack) -> Iterator[Path]:
    parent = pack.part("pack").get("extends")
    if parent:
        beside = pack.folder.parent / str(parent)
        yield beside if beside.is_dir() else folder_of(str(parent))
    yield pack.folder
