"""One name written in two scripts, and in Chinese by several characters for one Tibetan syllable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_BETWEEN = re.compile("[\\s·・.་༌།()（）-]+")
_HAN = re.compile("[㐀-鿿]")
_TIBETAN = re.compile("[ༀ-࿿][ༀ-࿿ ]*")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """`classes`: a Chinese character or Tibetan syllable → the class of all that may write the same."""

    classes: Mapping[str, str]

    @classmethod
    def of(cls, variants: Iterable[tuple[str, str]]) -> Spelling:
        """From pairs (Tibetan syllable, its characters). What shares a character is one class: 吉 writes three."""
        leader: dict[str, str] = {}

        def find(one: str) -> str:
            while leader.setdefault(one, one) != one:
                one = leader[one]
            return one

        for syllable, characters in variants:
            for character in characters:
                leader[find(character)] = find(syllable)
        return cls({one: find(one) for one in leader})

    def key(self, name: str) -> Key:
        """The classes of a name's syllables: 才仁 and ཚེ་རིང have one key. Empty for an empty name."""
        return tuple(self.classes.get(part, part) for part in parts(name))


def by_script(name: str) -> tuple[str, str]:
    """A name written twice in one cell, parted: what is not Tibetan, what is; either may be empty."""
    tibetan = " ".join(found.strip() for found in _TIBETAN.findall(name))
    return _TIBETAN.sub(" ", name).strip(" ·/|()（）,，、"), tibetan


def parts(name: str) -> list[str]:
    """Tibetan syllables, single Chinese characters, other words in small letters."""
    found: list[str] = []
    for word in _BETWEEN.split(name.strip()):
        found += list(word) if _HAN.search(word) else [word.casefold()] if word else []
    return found


def plain(name: str) -> str:
    """The name without what people put between its parts."""
    return "".join(parts(name))
