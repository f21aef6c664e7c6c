"""The ladder by attempts ("331"): a level that has tried so often in vain hands the case up, whatever the clock says.

Jiangyin's rule for disputes: the village tries three times, then the township three times, then the city once.
Which topics climb so, and how often each level tries, is the pack's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mulian.modules.cases.domain.staffing import Level


class How(StrEnum):
    """How the family was reached, or what was tried: a call, a visit, or the work itself."""

    CALL = "call"
    VISIT = "visit"
    WORK = "work"


CONTACTS = frozenset({How.CALL, How.VISIT})
"""What counts as contact when the family was reached."""


@dataclass(frozen=True, kw_only=True)
class AttemptRules:
    """How often each level tries before the next one takes over; empty `topics` or `areas` mean all."""

    code: str
    tries: Mapping[Level, int]
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def rules_for(rules: Iterable[AttemptRules], *, area: str, line: tuple[str, ...]) -> AttemptRules | None:
    """The rule of a topic (`line`: the topic and those above it), the nearest topic and area first."""
    fitting = [
        rule
        for rule in rules
        if (not rule.topics or any(each in line for each in rule.topics))
        and (not rule.areas or any(area.startswith(each) for each in rule.areas))
    ]
    return max(fitting, key=lambda rule: _particular(rule, area, line), default=None)


def exhausted(rule: AttemptRules | None, level: Level | None, failed: int) -> bool:
    """Whether a level has tried as often as it should: the next one takes over."""
    if rule is None or level is None:
        return False
    most = rule.tries.get(level)
    return most is not None and failed >= most


def _particular(rule: AttemptRules, area: str, line: tuple[str, ...]) -> tuple[int, int, str]:
    topic = max((len(line) - line.index(each) for each in rule.topics if each in line), default=0)
    place = max((len(each) for each in rule.areas if area.startswith(each)), default=0)
    return topic, place, rule.code
