"""Whether a text says a word, in Chinese, Tibetan or Latin script.

Chinese is found as a substring; a word written in parts (`桥 断`) is found when its parts follow one
another within a few characters (桥被洪水冲断). Tibetan is found as a run of syllables without case
particles. Latin is found as a whole token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mulian.kernel.text import bigrams, without_particle

GAP = 8
"""At most this many characters between two parts of a word written in parts."""
FUZZY_FROM = 4
"""Chinese words of at least this length are also found by two thirds of their bigrams."""
_TIBETAN = re.compile("[\u0f40-\u0fbc]+")
_LATIN = re.compile("[0-9a-z]+")


@dataclass(frozen=True)
class Hit:
    """Where a word was found: characters [start, end) of the text; a longer, surer hit weighs more."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Spoken:
    """A text prepared for many look-ups; `probes`: its characters, pairs, syllables and tokens."""

    text: str
    syllables: tuple[tuple[str, int, int], ...]
    latin: tuple[tuple[str, int, int], ...]
    probes: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Spoken:
        return _prepared(text)

    def says(self, word: str) -> bool:
        """Whether the word occurs, exactly or in parts."""
        return any(True for _ in self._exact(word))

    def find(self, word: str) -> Hit | None:
        """The best hit of a word: exact before in parts before by bigrams."""
        exact = next(self._exact(word), None)
        return exact or self._by_bigrams(word)

    def _exact(self, word: str) -> Iterator[Hit]:
        low = word.casefold()
        if run := _syllables_of(low):
            yield from _runs(self.syllables, run, 2.0)
        elif _LATIN.fullmatch(low):
            yield from _runs(self.latin, (low,), 2.0)
        elif " " in low:
            yield from self._in_parts(low.split())
        else:
            at = self.text.find(low)
            if at >= 0:
                yield Hit(at, at + len(low), float(len(low)))

    def _in_parts(self, parts: list[str]) -> Iterator[Hit]:
        gap = f".{{0,{GAP}}}?"
        found = re.search(gap.join(re.escape(part) for part in parts), self.text)
        if found:
            yield Hit(found.start(), found.end(), sum(map(len, parts)) * 0.9)

    def _by_bigrams(self, word: str) -> Hit | None:
        if len(word) < FUZZY_FROM or " " in word or not "\u3400" <= word[0] <= "\u9fff":
            return None
        grams = bigrams(word)
        spots = [at for gram in grams if (at := self.text.find(gram)) >= 0]
        if len(spots) * 3 < len(grams) * 2:
            return None
        start, end = min(spots), max(spots) + 2
        return Hit(start, end, len(spots) * 0.5) if end - start <= len(word) + GAP else None


class WordIndex:
    """Many words by the pairs, syllables or tokens in them: a text is compared with few of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_probe: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for probe in _probes(word):
                self._by_probe.setdefault(probe, []).append(word)

    def near(self, spoken: Spoken) -> list[str]:
        """The words that may occur in the text, each once, in a stable order."""
        known = spoken.probes & self._by_probe.keys()
        return sorted({word for probe in known for word in self._by_probe[probe]})


def _probes(word: str) -> list[str]:
    """What of a word must occur in a text, one of them at least, for the word to be found there."""
    low = word.casefold()
    if _TIBETAN.search(low):
        return [without_particle(each) for each in _TIBETAN.findall(low)][:1]
    if _LATIN.fullmatch(low):
        return [low]
    first = low.split()[0] if " " in low else low
    return bigrams(first)


def _runs(parts: tuple[tuple[str, int, int], ...], run: tuple[str, ...], weight: float) -> Iterator[Hit]:
    size = len(run)
    for at in range(len(parts) - size + 1):
        window = parts[at : at + size]
        if tuple(each[0] for each in window) == run:
            yield Hit(window[0][1], window[-1][2], size * weight)


@lru_cache(maxsize=8)
def _prepared(text: str) -> Spoken:
    """Topic, hazard and place look at the same text one after the other."""
    low = text.casefold()
    syllables = tuple((without_particle(m[0]), m.start(), m.end()) for m in _TIBETAN.finditer(low))
    latin = tuple((m[0], m.start(), m.end()) for m in _LATIN.finditer(low))
    parts = (part for part, _, _ in (*syllables, *latin))
    return Spoken(low, syllables, latin, frozenset((*low, *(bigrams(low) if low else ()), *parts)))


@lru_cache(maxsize=8192)
def _syllables_of(word: str) -> tuple[str, ...]:
    """The syllables of a word of a pack without case particles; none for other scripts."""
    return tuple(without_particle(each) for each in _TIBETAN.findall(word))
