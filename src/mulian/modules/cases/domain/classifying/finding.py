"""Which topics' own words stand in a text: what the makers of a pack knew, as facts beside its letters.

Letters alone say little of a word that was learnt once; that it is a word of the pack says much. How much, is learnt
from confirmed reports, as of any other mark: so words are looked for more leniently than by the lexicon, which has to
say why. Marks between syllables count for nothing, and a word of four letters or more is also found where two thirds of
its pairs of letters stand about where they belong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mulian.modules.cases.domain.classifying.branches import branch_of
from mulian.modules.cases.domain.classifying.marks import letters
from mulian.modules.cases.domain.classifying.rows import Row

NONE = "-"
"""The fact that no word stands there."""
_LENIENT_FROM = 4
_SLIPPED = 0.8
"""What a pair of letters counts where the word is not whole."""


class Hit(NamedTuple):
    """A word of the pack, where its letters stand in the text, and how much of it does."""

    word: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Finder:
    """The topics of each word that was known before any report."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, hints: Iterable[Row]) -> Finder:
        """Of words as texts with their topic."""
        found: dict[str, list[str]] = {}
        for hint in hints:
            found.setdefault(letters(hint.text), []).append(hint.label)
        return cls({word: tuple(dict.fromkeys(topics)) for word, topics in found.items() if word})

    def topics(self, text: str) -> tuple[str, ...]:
        """The topics whose words stand in the text, once for each word, and the topmost ones above those that lie
        below one; nothing where no words are known."""
        if not self.words:
            return ()
        said = [topic for hit in self.hits(text) for topic in self.words[hit.word]]
        return (*said, *(f"{branch_of(topic)}." for topic in said if "." in topic)) or (NONE,)

    def hits(self, text: str) -> list[Hit]:
        """The words that stand in the text, in order of the alphabet, without those a longer one covers."""
        found = sorted(self._found(letters(text)))
        return [hit for hit in found if not any(_covers(other, hit) for other in found)]

    def _found(self, text: str) -> Iterator[Hit]:
        votes: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for at in range(len(text)):
            for word, offset in self._places.get(text[at : at + 2], ()):
                votes[word][at - offset] += 1
        for word in {*votes, *(letter for letter in text if letter in self.words)}:
            at = text.find(word)
            if at >= 0:
                yield Hit(word, at, at + len(word), float(len(word)))
            elif len(word) >= _LENIENT_FROM:
                yield from _slipped(word, votes[word])

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[str, int]]]:
        """Of each pair of letters the words it stands in, and where."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in self.words:
            for at in range(len(word) - 1):
                found[word[at : at + 2]].append((word, at))
        return dict(found)


def _slipped(word: str, votes: Mapping[int, int]) -> Iterator[Hit]:
    """The word where most of its pairs stand in their order, at most one letter out of place."""
    pairs = len(word) - 1
    near = {at: sum(votes.get(at + off, 0) for off in (-1, 0, 1)) for at in votes}
    start = max(near, key=lambda at: (near[at], -at))
    if near[start] * 3 >= pairs * 2:
        yield Hit(word, start, start + len(word), min(near[start], pairs) * _SLIPPED)


def _covers(longer: Hit, hit: Hit) -> bool:
    inside = longer.start <= hit.start + 1 and hit.end <= longer.end + 1
    return inside and longer.weight > hit.weight
