"""What people say of each topic: the pack's words, and others of our own that stand in no pack (`sayings.csv`).

A pack's words are what its makers thought of. People tell the same in other words: of each topic a few things are kept
and what is said of them, in Chinese and Tibetan, written by hand without looking for the pack's words and put together
at random. They are drafts and synthetic: nobody said them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

TOPICS = Path(__file__).parent.parent / "packs" / "base" / "topics.toml"
SAYINGS = Path(__file__).parent / "sayings.csv"


@dataclass(frozen=True)
class Said:
    """How a report names its matter: `parts` are the words of it that tell the topic."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """In one script and at one level of topics: the pack's words, and pairs of (what, how) in words of people's own.

    So large a share (`own`, 0..1) of what is said is in the latter.
    """

    script: str
    words: Mapping[str, Sequence[str]]
    pairs: Mapping[str, Sequence[tuple[Sequence[str], Sequence[str]]]]
    own: float = 0.0

    def say(self, topic: str, random: Random) -> Said:
        """One way to name a matter of this topic."""
        if self.own and random.random() < self.own:
            what, how = (random.choice(part) for part in random.choice(self.pairs[topic]))
            return Said(f"{what}་{how}" if self.script == "bo" else what + how, (what, how))
        word = random.choice(self.words[topic])
        return Said(word, (word,))

    def chances(self, topic: str) -> dict[str, float]:
        """How often each word is said where a matter of this topic is."""
        found: dict[str, float] = {}
        for word in self.words[topic]:
            found[word] = found.get(word, 0.0) + (1 - self.own) / len(self.words[topic])
        for pair in self.pairs[topic] if self.own else ():
            for part in pair:
                for word in part:
                    found[word] = found.get(word, 0.0) + self.own / len(self.pairs[topic]) / len(part)
        return found


def vocabulary(script: str, level: int, own: float = 0.0) -> Vocabulary:
    """Of the base pack. `level` 1: topmost topics have the words of all below them."""
    return Vocabulary(script, words(script, level), _pairs(script, level), own)


@lru_cache
def words(script: str, level: int) -> Mapping[str, Sequence[str]]:
    """The pack's words of each topic that has any."""
    found: dict[str, list[str]] = {}
    for topic in tomllib.loads(TOPICS.read_text("utf-8"))["topic"]:
        code = above(topic["code"], level)
        found.setdefault(code, []).extend(topic.get("words", {}).get(script, ()))
    return {code: words for code, words in found.items() if words}


def above(topic: str, level: int) -> str:
    """The topic as it is told at this level."""
    return ".".join(topic.split(".")[:level])


@lru_cache
def _pairs(script: str, level: int) -> Mapping[str, Sequence[tuple[Sequence[str], Sequence[str]]]]:
    found: dict[str, list[tuple[Sequence[str], Sequence[str]]]] = {}
    with SAYINGS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            pair = row[f"{script}_what"].split("/"), row[f"{script}_how"].split("/")
            found.setdefault(above(row["topic"], level), []).append(pair)
    return found
