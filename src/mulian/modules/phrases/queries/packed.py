"""Recordings that lie in a pack as data: `phrases/<language>/index.toml` names the words of each sound beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mulian.core.files.kinds import KINDS
from mulian.core.files.storage import digest
from mulian.core.packs import Pack
from mulian.core.packs.finding import folder_of
from mulian.modules.phrases.domain.words import plain


@dataclass(frozen=True)
class Packed:
    """A sound of a pack; `mime` follows from its name."""

    words: str
    path: Path
    sha256: str
    mime: str
    size: int


def sounds(pack: Pack, language: str) -> dict[str, Packed]:
    """words → sound of the pack or, below it, of the pack it extends. Raises OSError, TOMLDecodeError, KeyError."""
    found: dict[str, Packed] = {}
    for folder in _folders(pack):
        index = folder / "phrases" / language / "index.toml"
        if index.is_file():
            found |= {sound.words: sound for sound in _listed(index, index.stat().st_mtime_ns)}
    return found


def _folders(pack: Pack) -> Iterator[Path]:
    parent = pack.part("pack").get("extends")
    if parent:
        beside = pack.folder.parent / str(parent)
        yield beside if beside.is_dir() else folder_of(str(parent))
    yield pack.folder


@lru_cache(maxsize=16)
def _listed(index: Path, changed: int) -> tuple[Packed, ...]:
    table: dict[str, Any] = tomllib.loads(index.read_text(encoding="utf-8"))
    return tuple(_packed(index.parent / name, words) for name, words in table["sounds"].items())


def _packed(path: Path, words: str) -> Packed:
    kinds = {kind.suffix: mime for mime, kind in KINDS.items() if mime.startswith("audio/")}
    mime = kinds[path.suffix.removeprefix(".")]
    return Packed(plain(words), path, digest(path), mime, path.stat().st_size)
