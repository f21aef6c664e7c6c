"""A topic suggested from words, in Chinese and Tibetan: simple, explainable, and silent when unsure.

Every word of the pack found in the text is a hit; a hit inside a longer one does not count. A topic's score
is its own hits and, where it has some, those of the topics above it. The best score wins, the more specific
topic on a tie. The confidence falls when the words are few or another branch is near; below `SURE` the
lexicon abstains. Thanks, questions and suggestions are said along with any matter: their words count little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mulian.modules.cases.domain.topics import Kind, Topics
from mulian.modules.cases.domain.words import Hit, Spoken, WordIndex

SURE = 0.6
"""Confidence from which a suggestion is used for routing before a person confirms it."""
OFFERED = 0.3
"""Confidence from which a suggestion is shown at all."""
_HALF = 1.5
"""A score that is half convincing: one Chinese word of one and a half characters."""
_ALONG = frozenset({Kind.THANKS, Kind.QUESTION, Kind.SUGGESTION})
_ALONG_COUNTS = 0.3
"""What words of these kinds are worth beside those that name a matter: everybody says thank you and asks what to do."""
_RIVAL = 0.5
"""How much an equally good topic of another branch takes away."""


@dataclass(frozen=True)
class Suggestion:
    """A topic with its confidence (0..1), the words it rests on, and the next best of another branch."""

    topic: str
    confidence: float
    words: tuple[str, ...]
    runner_up: str | None = None

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True)
class Lexicon:
    """The words of all topics: word → topics that list it."""

    topics: Topics
    _words: dict[str, list[str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _index: list[WordIndex] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        for topic in self.topics.by_code.values():
            for words in topic.words.values():
                for word in dict.fromkeys(words):
                    self._words.setdefault(word, []).append(topic.code)
        self._index.append(WordIndex(self._words))

    def suggest(self, text: str) -> Suggestion | None:
        """The best topic for a text, or None: no word of any topic, or too little to say."""
        found = self._found(text)
        own: dict[str, float] = {}
        for word, hit in found.items():
            for code in self._words[word]:
                own[code] = own.get(code, 0.0) + hit.weight / len(self._words[word]) ** 0.5
        scores = {code: self._with_ancestors(code, own) for code in own}
        if not scores:
            return None
        best = max(
            scores, key=lambda code: (scores[code], not self._along(code), self.topics.depth(code), code)
        )
        if self._suggestion(best, scores, found).confidence < OFFERED:
            return None
        suggestion = self._suggestion(best, self._counted(best, scores), found)
        return replace(suggestion, confidence=max(suggestion.confidence, OFFERED))

    def _found(self, text: str) -> Mapping[str, Hit]:
        spoken = Spoken.of(text)
        hits = {word: hit for word in self._index[0].near(spoken) if (hit := spoken.find(word))}
        return {word: hit for word, hit in hits.items() if not _covered(hit, hits)}

    def _counted(self, best: str, scores: Mapping[str, float]) -> dict[str, float]:
        """What is said along takes nothing from a matter, and alone says little."""
        if not self._along(best):
            return {code: score for code, score in scores.items() if not self._along(code)}
        return {code: score * (_ALONG_COUNTS if self._along(code) else 1) for code, score in scores.items()}

    def _along(self, code: str) -> bool:
        """Whether it is of a kind that is said along with others, below a topmost topic of opinions."""
        top = self.topics.ancestors(code)[-1]
        return self.topics.kind(code) in _ALONG and self.topics.kind(top) is Kind.SUGGESTION

    def _with_ancestors(self, code: str, own: Mapping[str, float]) -> float:
        return sum(own.get(each, 0.0) for each in self.topics.ancestors(code))

    def _suggestion(self, best: str, scores: Mapping[str, float], found: Mapping[str, Hit]) -> Suggestion:
        line = set(self.topics.ancestors(best))
        others = {
            code: score
            for code, score in scores.items()
            if code not in line and best not in self.topics.ancestors(code)
        }
        runner_up = max(others, key=lambda code: (others[code], code), default=None)
        top, rival = scores[best], others[runner_up] if runner_up else 0.0
        confidence = (1 - 0.5 ** (top / _HALF)) * (1 - rival / top * _RIVAL)
        words = tuple(word for word in found if line.intersection(self._words[word]))
        return Suggestion(best, round(confidence, 3), words, runner_up)


def _covered(hit: Hit, hits: Mapping[str, Hit]) -> bool:
    """Whether a longer, weightier hit covers this one."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.weight > hit.weight
        for other in hits.values()
    )
