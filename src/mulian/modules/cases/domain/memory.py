"""The translation memory: sentences translated before, and how much a new one is like them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mulian.modules.cases.domain.terms import units

NEAR = 0.6
"""Below this a remembered sentence hinders more than it helps."""
SHORTEST = 3
"""Characters or syllables: what is shorter is a term, not a sentence."""
_END = re.compile(r"(?<=[。!?;!?;])\s*|(?<=[།༎])\s+|\n+")
_NUMBER = re.compile(r"\d(?:[ -]?\d){3,}")
"""Telephone, identity and account numbers; a year is one too: better too little remembered than too much."""


def segments(text: str) -> list[str]:
    """The sentences of a text, without the space around them."""
    return [piece.strip() for piece in _END.split(text) if piece and piece.strip()]


def pairs(original: str, translation: str) -> list[tuple[str, str]]:
    """Sentence beside sentence where both have as many, else the two texts as a whole."""
    ours, theirs = segments(original), segments(translation)
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    return [(original.strip(), translation.strip())]


def size(text: str, language: str) -> int:
    """How long a sentence is, in what it is compared by."""
    return len(units(text, language))


def bounds(length: int) -> tuple[int, int]:
    """The sizes a sentence may have to be near one of this size: nothing longer or shorter can reach `NEAR`."""
    share = NEAR / (2 - NEAR)
    grams = 2 * length - 1
    return max(1, int((grams * share + 1) / 2)), int((grams / share + 1) / 2) + 1


def similarity(one: str, other: str, language: str) -> float:
    """0 to 1 (Dice's measure over characters or syllables and their pairs); 1 only when the words are the same."""
    ours, theirs = units(one, language), units(other, language)
    if ours == theirs:
        return 1.0 if ours else 0.0
    a, b = _grams(ours), _grams(theirs)
    return min(0.99, 2 * (a & b).total() / max(1, a.total() + b.total()))


def _grams(found: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter([*((each,) for each in found), *pairwise(found)])


def particular(text: str, names: Iterable[str]) -> bool:
    """Whether a sentence holds a number or a name that belongs to somebody: then nobody else is shown it."""
    joined = text.replace(" ", "")
    return bool(_NUMBER.search(text)) or any(
        name.replace(" ", "") in joined for name in names if len(name.replace(" ", "")) > 1
    )
