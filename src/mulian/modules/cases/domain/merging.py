"""One thing reported twice: how alike two reports are, and what becomes of clocks and receivers when they are joined.

A machine only suggests; a person joins. The earliest clock wins, nobody who had one of them loses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from mulian.kernel.geo import Point, metres
from mulian.kernel.problems import Problem
from mulian.kernel.text import tokens
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.promises import Promise
from mulian.modules.cases.domain.receivers import Reason, Receivers, Standing, join
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.modules.cases.domain.topics import Kind

DIGITS = 12
"""A village's code: closer than this no name of a place tells."""


class Alike(StrEnum):
    """Why two reports look like one; shown to the person who decides."""

    PHOTO = "photo"
    HOUSEHOLD = "household"
    NEAR = "near"
    VILLAGE = "village"
    WORDS = "words"
    TOPIC = "topic"
    TIME = "time"


@dataclass(frozen=True, kw_only=True)
class Sameness:
    """The pack's measure: how near in place and time counts at all, and from which score on it is suggested."""

    metres: float = 2000.0
    days: float = 14.0
    suggest: float = 0.6


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What is compared of a report. `topic` is the one routing may rest on; `photos` are hashes of what was sent."""

    text: str
    area: str
    at: datetime
    topic: str = ""
    hazard: str = ""
    point: Point | None = None
    household: UUID | None = None
    photos: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """From 0 (nothing in common) to 1 (the same), with what speaks for it."""

    score: float
    reasons: tuple[Alike, ...]


_WEIGHTS = {"place": 0.35, "words": 0.35, "topic": 0.15, "time": 0.15}


def likeness(one: Trace, other: Trace, measure: Sameness) -> Likeness:
    """How alike two reports are; symmetric. Too far apart in time, place or topic they are not alike at all."""
    if one.photos & other.photos:
        return Likeness(1.0, (Alike.PHOTO,))
    apart = abs(one.at - other.at)
    place, why = _place(one, other, measure)
    if apart > timedelta(days=measure.days) or place == 0.0 or _other_matter(one, other):
        return Likeness(0.0, ())
    time = 1.0 - apart / timedelta(days=measure.days)
    words = overlap(one.text, other.text)
    topic = 1.0 if _same_matter(one, other) else 0.0
    parts = {"place": place, "words": words, "topic": topic, "time": time}
    reasons = [why] if why else []
    reasons += [Alike.WORDS] if words >= 0.3 else []
    reasons += [Alike.TOPIC] if topic else []
    reasons += [Alike.TIME] if apart <= timedelta(days=1) else []
    return Likeness(round(sum(_WEIGHTS[name] * parts[name] for name in parts), 4), tuple(reasons))


def overlap(one: str, other: str) -> float:
    """How much of the shorter text stands in the longer, by search tokens (bigrams, syllables)."""
    first, second = set(tokens(one)), set(tokens(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _place(one: Trace, other: Trace, measure: Sameness) -> tuple[float, Alike | None]:
    if one.household and one.household == other.household:
        return 1.0, Alike.HOUSEHOLD
    if one.point and other.point:
        away = metres(one.point, other.point)
        return (1.0 - away / measure.metres / 2, Alike.NEAR) if away <= measure.metres else (0.0, None)
    if one.area[:DIGITS] == other.area[:DIGITS] and len(one.area) >= DIGITS:
        return 0.7, Alike.VILLAGE
    return 0.0, None


def _same_matter(one: Trace, other: Trace) -> bool:
    return bool(one.topic and one.topic == other.topic) or bool(one.hazard and one.hazard == other.hazard)


def _other_matter(one: Trace, other: Trace) -> bool:
    """Both are known to be about something, and it is not the same thing nor one above the other."""
    if not one.topic or not other.topic or _same_matter(one, other):
        return False
    return not (one.topic.startswith(f"{other.topic}.") or other.topic.startswith(f"{one.topic}."))


@dataclass(frozen=True, kw_only=True)
class Joinable:
    """What decides whether a case may be joined: its state, kind, whether it is about somebody, its own joins."""

    state: State
    kind: str
    complaint: bool
    joined_to: UUID | None = None
    joined: int = 0
    owed_parts: bool = False


def check_join(duplicate: Joinable, main: Joinable) -> None:
    """Raises `cases.not_joinable`: only two open cases, never a complaint, never a chain, no part left behind."""
    wrong = (
        duplicate.state not in UNSOLVED - {State.WAITING}
        or main.state not in UNSOLVED
        or any(each.complaint or each.kind == Kind.COMPLAINT for each in (duplicate, main))
        or any(each.joined_to is not None for each in (duplicate, main))
        or bool(duplicate.joined)
        or duplicate.owed_parts
    )
    if wrong:
        raise Problem(refusals.NOT_JOINABLE)


def check_part(duplicate: UUID, joined: Sequence[UUID]) -> None:
    """Cases are taken apart in the order opposite to joining, so that each step back is exact.

    `joined` in the order they were joined. Raises `cases.joined_later`.
    """
    if not joined or joined[-1] != duplicate:
        raise Problem(refusals.JOINED_LATER)


def earliest(main: Promise | None, duplicate: Promise) -> Promise | None:
    """The clock of the joined case: the one due first. None where nothing changes.

    What the main case has kept is kept; its own pause goes on under the earlier due time.
    """
    if duplicate.met_at is not None:
        return None
    if main is None:
        return replace(duplicate, paused_at=None)
    if main.met_at is not None or main.due <= duplicate.due:
        return None
    return replace(duplicate, paused_at=main.paused_at, round=main.round)


def unite(main: Receivers, duplicate: Receivers) -> Receivers:
    """Everybody who has either: whoever had only the duplicate is informed (a helper still helps)."""
    known = {each.key for each in main}
    found = main
    for each in duplicate:
        if each.key not in known:
            standing = Standing.HELPER if each.standing is Standing.HELPER else Standing.INFORMED
            found = join(found, each.standing_as(standing, Reason.JOINED))
    return found


def ranked(found: Mapping[UUID, Likeness], measure: Sameness, most: int = 5) -> list[tuple[UUID, Likeness]]:
    """Those worth showing, the most alike first."""
    worth = [(id, each) for id, each in found.items() if each.score >= measure.suggest]
    return sorted(worth, key=lambda pair: (-pair[1].score, str(pair[0])))[:most]


def follows(words: Iterable[str]) -> bool:
    """Whether phones that hold a joined case must hear of a change of the main one."""
    return bool({"state", "steps", "answer", "due"} & set(words))
