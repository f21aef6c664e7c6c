"""Who listens when: turns of a rota less the days somebody is away, and the hours nobody covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Span = tuple[datetime, datetime]
"""[starts, ends)."""


@dataclass(frozen=True)
class Turn:
    """One turn of a person; `language` is empty for somebody who takes any voice."""

    id: UUID
    person: UUID
    language: str
    starts: datetime
    ends: datetime


Away = Mapping[UUID, Sequence[Span]]
"""person → when they are on leave. A deputy in an office need not speak the language, so nobody takes the turn over by
itself: it is a gap that an officer fills."""


@dataclass(frozen=True)
class Gap:
    """Nobody listens in this language."""

    language: str
    starts: datetime
    ends: datetime


def present(turn: Turn, away: Away) -> list[Span]:
    """The parts of a turn its person is there for."""
    left = [(turn.starts, turn.ends)]
    for starts, ends in away.get(turn.person, ()):
        left = [piece for span in left for piece in _less(span, starts, ends)]
    return left


def _less(span: Span, starts: datetime, ends: datetime) -> list[Span]:
    pieces = [(span[0], min(span[1], starts)), (max(span[0], ends), span[1])]
    return [(begin, end) for begin, end in pieces if begin < end]


def listens(turn: Turn, away: Away, at: datetime) -> bool:
    """Whether somebody can be asked now."""
    return any(starts <= at < ends for starts, ends in present(turn, away))


def gaps(turns: Iterable[Turn], away: Away, *, language: str, since: datetime, until: datetime) -> list[Gap]:
    """Every stretch of [since, until) in which nobody on the rota takes this language, in order."""
    spans = sorted(span for turn in turns if turn.language in ("", language) for span in present(turn, away))
    found, covered = [], since
    for starts, ends in spans:
        if starts >= until:
            break
        if starts > covered:
            found.append(Gap(language, covered, starts))
        covered = max(covered, ends)
    return [*found, Gap(language, covered, until)] if covered < until else found


def away_from_all(duties: Iterable[Sequence[Span]]) -> list[Span]:
    """When somebody is on leave from every duty that lets them listen; leave from one of two leaves the other."""
    lists = list(duties)
    if not lists:
        return []
    common = sorted(lists[0])
    for spans in lists[1:]:
        both = [(max(a, c), min(b, d)) for a, b in common for c, d in spans]
        common = sorted(span for span in both if span[0] < span[1])
    return common
