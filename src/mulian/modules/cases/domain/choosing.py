"""Choosing a named person: the one on duty, else the one with fewest open cases; same facts, same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mulian.kernel.actor import Role
from mulian.modules.cases.domain.staffing import Accused, Officer, Staffing


@dataclass(frozen=True)
class Chosen:
    """The person found; `deputises_for` names the absent one they stand in for."""

    person: UUID
    role: Role
    area: str
    deputises_for: UUID | None = None


def choose(
    officers: Iterable[Officer], *, topics: tuple[str, ...], accused: Accused, staffing: Staffing
) -> Chosen | None:
    """Somebody present, else a deputy of somebody absent, else None: the post is vacant.

    `topics` are the case's topic and its ancestors. Competence orders, it never empties a post: where
    nobody holds the topic, the others of the unit take it.
    """
    posts = [each for each in officers if each.person not in accused.persons]
    present = [each for each in posts if each.person not in staffing.absent]
    if present:
        first = min(present, key=lambda each: _rank(each, topics, staffing))
        return Chosen(first.person, first.role, first.area)
    return _deputy(sorted(posts, key=lambda each: _rank(each, topics, staffing)), accused, staffing)


def choose_leader(
    *, county: str, accused: Accused, staffing: Staffing, beside: str | None = None
) -> Chosen | None:
    """A leader of the county (of the township `beside` only where the county has none), on duty first."""
    leaders = [each for each in staffing.in_role(Role.LEADER) if each.unit not in accused.units]
    for area in filter(None, (county, beside)):
        here = [each for each in leaders if each.area == area]
        if chosen := choose(here, topics=(), accused=accused, staffing=staffing):
            return chosen
    return None


def _rank(officer: Officer, topics: tuple[str, ...], staffing: Staffing) -> tuple[bool, bool, int, str]:
    competent = not officer.topics or not topics or bool(officer.topics.intersection(topics))
    load = staffing.open_cases.get(officer.person, 0)
    return not competent, not officer.on_duty, load, str(officer.person)


def _deputy(posts: Iterable[Officer], accused: Accused, staffing: Staffing) -> Chosen | None:
    """The first deputy who is neither absent nor accused; a deputy on leave passes on to theirs."""
    for post in posts:
        seen = {post.person}
        stand_in = post.deputy
        while stand_in and stand_in in staffing.absent and stand_in not in seen:
            seen.add(stand_in)
            other = staffing.person(stand_in)
            stand_in = other.deputy if other else None
        if stand_in and stand_in not in seen and stand_in not in accused.persons:
            return Chosen(stand_in, post.role, post.area, deputises_for=post.person)
    return None
