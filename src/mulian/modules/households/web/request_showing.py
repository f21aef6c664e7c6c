"""A family's request in words: what it is about, how it stands, what was done and what stays by which article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from mulian.core.access.models import Person
from mulian.modules.households.domain.request_titles import (
    DONE,
    EXTENTS,
    FIELDS,
    KEEPS,
    LIFTED,
    NOTHING,
    STANDINGS,
    STATES,
)
from mulian.modules.households.domain.requests import OTHER, Extent, Kind, State, target
from mulian.modules.households.domain.values import NotAValue, kept, said
from mulian.modules.households.models import Member, Need, Request
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.rights import rights
from mulian.modules.households.web.showing import shown, words

WHY = "the request is in the reader's scope"


@dataclass(frozen=True)
class Chip:
    word: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Told:
    """One request, ready for a page."""

    row: Request
    kind: str
    about: str
    wanted: str
    whose: str
    asker: str
    chip: Chip
    people: Mapping[UUID, str]
    done: list[str]
    keeps: list[tuple[str, str]]
    rule: str

    @property
    def keeps_title(self) -> str:
        return gettext(KEEPS[self.row.kind])

    @property
    def taker(self) -> str:
        return self.people.get(self.row.taken_by, "")

    @property
    def decider(self) -> str:
        return self.people.get(self.row.decided_by, "") if self.row.decided_by else ""

    @property
    def teller(self) -> str:
        return self.people.get(self.row.told_by, "") if self.row.told_by else ""


def told(rows: Iterable[Request], at: datetime) -> list[Told]:
    """Each in the language of the page; three statements, however many."""
    held = list(rows)
    ids = {id for row in held for id in (row.taken_by, row.decided_by, row.told_by) if id}
    people = dict(Person.objects.filter(id__in=ids).values_list("id", "name"))
    members = Member.unscoped.because(WHY).filter(household__in={row.household_id for row in held})
    language = (get_language() or "").partition("-")[0]
    names = {member.id: member.called(language) for member in members}
    return [_told(row, at, people, names) for row in held]


def _told(row: Request, at: datetime, people: Mapping[UUID, str], names: Mapping[UUID, str]) -> Told:
    asking = rights().askings[Kind(row.kind)]
    return Told(
        row=row,
        kind=words(asking.name),
        about=about_words(row.kind, row.target, names),
        wanted=_wanted(row),
        whose=names.get(row.member, "") if row.member else "",
        asker=names.get(row.asked_by, ""),
        chip=_chip(row, at),
        people=people,
        done=_done(row),
        keeps=_keeps(row),
        rule=words(asking.rule),
    )


def _chip(row: Request, at: datetime) -> Chip:
    if row.state != State.OPEN:
        return Chip(gettext(STATES[row.state]), "good" if row.state == State.DONE else "neutral", "dot")
    word, tone, shape = STANDINGS[row.steps.standing(at)]
    return Chip(gettext(word), tone, shape)


def about_words(kind: str, what: str, names: Mapping[UUID, str]) -> str:
    """What the request is about, empty where its kind says all."""
    if kind == Kind.DELETE:
        return gettext(EXTENTS[what])
    if kind == Kind.WITHDRAW and what:
        return _need(what)
    about = target(what) if kind == Kind.CORRECT else None
    if about is None:
        return ""
    if about.what == OTHER:
        return gettext("Something else")
    entry = catalogue().items.get(about.code)
    name = words(entry.name) if entry else gettext(FIELDS.get(about.code, about.code))
    whose = names.get(about.subject, "") if about.subject else ""
    return f"{name} · {whose}" if whose else name


def _need(what: str) -> str:
    rows = Need.unscoped.because(WHY).filter(id=what.removeprefix("need:"))
    kind = catalogue().needs.get(rows.values_list("code", flat=True).first() or "")
    return words(kind.name) if kind else ""


def _wanted(row: Request) -> str:
    """What is right, as it would be shown; nothing where a value is to be taken away."""
    about = target(row.target) if row.kind == Kind.CORRECT else None
    entry = catalogue().items.get(about.code) if about and about.what == "item" else None
    if entry is None:
        return row.wanted
    try:
        value = kept(entry, row.wanted or None)
    except NotAValue:
        return row.wanted
    found = said(entry, value.amount, value.word)
    return gettext("not known") if found is None else shown(entry, found)


def _done(row: Request) -> list[str]:
    lines = [gettext(text) % {"count": row.done[code]} for code, text in DONE.items() if code in row.done]
    if row.state == State.DONE and row.kind == Kind.DELETE and not lines:
        return [gettext(NOTHING)]
    lifted = row.kind == Kind.RESTRICT and row.done and not _restricts(row)
    return [*lines, gettext(LIFTED)] if lifted else lines


def _restricts(row: Request) -> bool:
    return any(one.until is None for one in row.restrictions.all())


def _keeps(row: Request) -> list[tuple[str, str]]:
    """What stays or goes on by duty although a deletion or a restriction was allowed, and by which article."""
    if row.kind not in KEEPS or row.done.get("extent") == Extent.WHOLE:
        return []
    return duties()


def duties() -> list[tuple[str, str]]:
    """What is kept and used by duty whatever a family asks, each with its article."""
    return [(words(one.name), words(one.rule)) for one in rights().keepings]


def restricts(row: Request) -> bool:
    """Whether its restriction still holds."""
    return row.kind == Kind.RESTRICT and row.state == State.DONE and _restricts(row)


def complaints() -> list[str]:
    return [words(one) for one in rights().complaints]


def choices_of(kind: Kind) -> dict[str, Any]:
    """How long the answer may take and on what it rests, for the form."""
    asking = rights().askings[kind]
    return {"days": asking.days, "rule": words(asking.rule)}
