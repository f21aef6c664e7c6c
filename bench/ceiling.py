"""What no sorter of the invented reports can better, computed from how they are made and not learnt.

A knower of the making knows how often each word stands for each topic; but a word that no text and no pack ever had
tells it nothing. Slips, and matters told on the way, are not counted against it: it is a bound and not a goal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bench.reports import Wanted, known_words, reports, weight
from bench.sayings import Vocabulary, above

Chances = Mapping[str, float]


@dataclass(frozen=True)
class Limits:
    """`known`: the share of the measured texts of which a word stood with its topic in a text that was learnt from, or
    among the words known before; `told_apart`: how often the likeliest topic of the words is the right one (one word
    names several topics); `sendable`: the share that could go with 98% right, to the topic or its receivers."""

    known: float
    told_apart: float
    sendable: float


def limits(wanted: Wanted, goes: Callable[[str], str] | None = None) -> Limits:
    """Of the table of these reports. `goes`: the receivers of a topic (none: those of the topmost one)."""
    rows = list(reports(wanted))
    learn = len(rows) * 4 // 5
    heard = {(part, row.topic) for row in rows[:learn] for part in row.parts}
    heard |= {(row.text, row.label) for row in known_words(wanted)}
    words = {word for word, _ in heard}
    test = rows[learn:]
    chances = _by_word(wanted.vocabulary)
    go = goes or (lambda topic: above(topic, 1))
    sent = [_surest(_together([chances[part] for part in row.parts if part in words]), go) for row in test]
    return Limits(
        known=sum(any((part, row.topic) in heard for part in row.parts) for row in test) / len(test),
        told_apart=sum(_surest(_together([chances[p] for p in row.parts]), str) for row in test) / len(test),
        sendable=_sendable(sent),
    )


def _by_word(known: Vocabulary) -> dict[str, Chances]:
    """How likely each topic is where a word was said: by how frequent it is and how many words it has."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for at, topic in enumerate(sorted(known.words)):
        for word, chance in known.chances(topic).items():
            found[word][topic] = weight(at) * chance
    return {word: _whole(each) for word, each in found.items()}


def _together(each: Sequence[Chances]) -> Chances:
    """What several words of one text say; none: nothing."""
    if not each:
        return {}
    shared = {topic: 1.0 for topic in each[0] if all(topic in chances for chances in each)}
    for chances in each:
        for topic in shared:
            shared[topic] *= chances[topic]
    return _whole(shared)


def _whole(chances: Mapping[str, float]) -> Chances:
    total = sum(chances.values())
    return {topic: chance / total for topic, chance in chances.items()}


def _surest(chances: Chances, goes: Callable[[str], str]) -> float:
    """The chance of the likeliest place to go."""
    summed: dict[str, float] = defaultdict(float)
    for topic, chance in chances.items():
        summed[goes(topic)] += chance
    return max(summed.values(), default=0.0)


def _sendable(chances: Sequence[float], precision: float = 0.98) -> float:
    """The largest share of the surest of which so many are right."""
    rightly = list(accumulate(sorted(chances, reverse=True)))
    return max((n for n, sum in enumerate(rightly, 1) if sum >= precision * n), default=0) / len(chances)
