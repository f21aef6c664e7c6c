"""Urgent or not (DESIGN §3, rule 6): the liaison says so, or the pack's hazard table, or the listener.

Machines may raise, only a person lowers, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.words import Spoken, WordIndex


class When(StrEnum):
    """When a hazard is urgent by itself."""

    ALWAYS = "always"
    DANGER = "danger"
    NEVER = "never"


class UrgentBecause(StrEnum):
    """Why a case is urgent."""

    SAID = "said"
    HAZARD = "hazard"
    HAZARD_WITH_DANGER = "hazard_with_danger"
    LISTENER = "listener"


@dataclass(frozen=True, kw_only=True)
class Hazard:
    """A row of the pack's hazard table. `words` name the hazard in a text."""

    code: str
    urgent: When
    topic: str | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hazards:
    """The table, and the words by which a text says that somebody is in danger."""

    by_code: Mapping[str, Hazard] = field(default_factory=dict)
    danger: tuple[str, ...] = ()
    _by_word: dict[str, list[Hazard]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _index: list[WordIndex] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        for hazard in self.by_code.values():
            for word in (each for words in hazard.words.values() for each in words):
                self._by_word.setdefault(word, []).append(hazard)
        self._index.extend((WordIndex(self._by_word), WordIndex(self.danger)))

    def named_in(self, text: str) -> Hazard | None:
        """The hazard a text names: the one that is always urgent before others, then the longest word."""
        spoken = Spoken.of(text)
        hits = [
            (hazard.urgent is When.ALWAYS, len(word), hazard.code)
            for word in self._index[0].near(spoken)
            if spoken.says(word)
            for hazard in self._by_word[word]
        ]
        return self.by_code[max(hits)[2]] if hits else None

    def in_danger(self, text: str) -> bool:
        """Whether the text says that a person is in danger."""
        spoken = Spoken.of(text)
        return any(spoken.says(word) for word in self._index[1].near(spoken))


@dataclass(frozen=True)
class Urgency:
    """The judgement: urgent or not, why, and the hazard it rests on."""

    urgent: bool
    because: UrgentBecause | None = None
    hazard: str | None = None


def judge(
    hazards: Hazards,
    *,
    flagged: bool = False,
    hazard: str | None = None,
    text: str = "",
) -> Urgency:
    """How urgent a report is from its flag, its hazard icon and its text (typed or transcribed)."""
    named = hazards.named_in(text)
    shown = hazards.by_code.get(hazard or "")
    known = named if named and named.urgent is When.ALWAYS else shown or named
    code = known.code if known else None
    if flagged:
        return Urgency(True, UrgentBecause.SAID, code)
    if known and known.urgent is When.ALWAYS:
        return Urgency(True, UrgentBecause.HAZARD, code)
    if known and known.urgent is When.DANGER and hazards.in_danger(text):
        return Urgency(True, UrgentBecause.HAZARD_WITH_DANGER, code)
    return Urgency(False, None, code)


def change(*, was: bool, becomes: bool, by_person: bool, reason: str = "") -> bool:
    """The urgent mark after somebody, or a machine, wants it changed.

    Raises `cases.only_a_person_lowers` when a machine lowers it or a person gives no reason.
    """
    if was and not becomes and not (by_person and reason.strip()):
        raise Problem(refusals.ONLY_A_PERSON_LOWERS)
    return becomes
