"""The phrase part of a county pack: words of its own to be spoken, and recordings that lie in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from mulian.core.files.kinds import sniff
from mulian.core.packs.pack import Pack
from mulian.modules.phrases.domain.words import SPOKEN
from mulian.modules.phrases.queries.packed import Packed, sounds

MOST_BYTES = 200_000
"""A minute of speech as phones record it; a label takes a few seconds."""


def check(pack: Pack) -> list[str]:
    """What is wrong with the recordings of a pack, one sentence each (shape of phrases.toml: core/packs/shapes)."""
    return [said for language in SPOKEN for said in _sounds(pack, language)]


def _sounds(pack: Pack, language: str) -> Iterator[str]:
    try:
        found = sounds(pack, language)
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError) as wrong:
        yield f"phrases/{language}/index.toml: {wrong}"
        return
    for sound in found.values():
        if said := _wrong(sound):
            yield f"phrases/{language}/{sound.path.name}: {said}"


def _wrong(sound: Packed) -> str:
    with sound.path.open("rb") as file:
        head = file.read(64)
    if sniff(head) != sound.mime:
        return "is no sound of the kind its name says"
    return "is too large for a phone" if sound.size > MOST_BYTES else ""
