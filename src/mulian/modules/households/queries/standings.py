"""What households add to the counts of areas, worked out from the register itself: five queries for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from mulian.kernel.clock import CN
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.history import Told, spells
from mulian.modules.households.domain.lives import BEGINNING, OPENS, Life, served
from mulian.modules.households.domain.presence import Lived, Presence, Span, presences
from mulian.modules.households.models import Belonging, Item, LifeEvent, Member, Move, Need
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.lives import histories

WHY = "counting areas; no household is told apart"


def standings(households: Iterable[UUID]) -> dict[UUID, list[Presence]]:
    """household → its pieces by days. A household counts where it lives, else where it is registered."""
    ids = list(dict.fromkeys(households))
    lived, open_, people = _lived(ids), _served(ids), _people(ids)
    herds, needs = _herds(ids), _needs(ids)
    return {id: presences(lived[id], open_[id], people[id], herds[id], needs[id]) for id in ids}


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(CN).date()


def _span(start: datetime, end: datetime | None) -> Span:
    """A change on a day holds on that day."""
    return Span(start.astimezone(CN).date(), _day(end))


def _lived(ids: list[UUID]) -> dict[UUID, list[Lived]]:
    rows = Move.unscoped.because(WHY).filter(
        household__in=ids, kind__in=(MoveKind.REGISTERED, MoveKind.RESIDING)
    )
    told: defaultdict[tuple[UUID, str], list[Told[str]]] = defaultdict(list)
    for household, kind, at, turn, area in rows.values_list("household_id", "kind", "at", "turn", "area_id"):
        told[household, kind].append(Told(at, turn, area))

    def of(id: UUID, kind: MoveKind) -> list[Lived]:
        return [Lived(spell.place, _span(spell.start, spell.end)) for spell in spells(told[id, kind])]

    return {id: [*of(id, MoveKind.RESIDING), *of(id, MoveKind.REGISTERED)] for id in ids}


def _served(ids: list[UUID]) -> dict[UUID, list[Span]]:
    rows = LifeEvent.unscoped.because(WHY).filter(
        Q(household__in=ids, kind__in=[kind for kind in OPENS if kind != Life.SPLIT])
        | Q(other__in=ids, kind=Life.SPLIT)
    )
    told: defaultdict[UUID, list[tuple[datetime, Life]]] = defaultdict(list)
    founded = set()
    for row in rows:
        subject = row.other_id if row.kind == Life.SPLIT else row.household_id
        assert subject is not None
        if row.kind == Life.SPLIT:
            founded.add(subject)
        if row.taken_back_at is None:
            told[subject].append((row.at, Life(row.kind)))
    return {id: [_span(s.start, s.end) for s in served(told[id], id in founded)] for id in ids}


def _people(ids: list[UUID]) -> dict[UUID, list[Span]]:
    moved = Belonging.unscoped.because(WHY).filter(household__in=ids).values("member")
    members = Member.unscoped.because(WHY).filter(Q(household__in=ids) | Q(id__in=moved))
    found: dict[UUID, list[Span]] = {id: [] for id in ids}
    for history in histories(members).values():
        for spell in history:
            if spell.place.household in found:
                found[spell.place.household].append(_span(max(spell.start, BEGINNING), spell.end))
    return found


def _herds(ids: list[UUID]) -> dict[UUID, list[Span]]:
    codes = [item.code for item in catalogue().items.values() if item.herd]
    rows = Item.unscoped.because(WHY).filter(
        household__in=ids, code__in=codes, subject__isnull=True, amount__gt=0
    )
    found: dict[UUID, list[Span]] = {id: [] for id in ids}
    for household, since, until, amount in rows.values_list(
        "household_id", "valid_from", "valid_to", "amount"
    ):
        if until is None or since < until:
            found[household].append(Span(since, until, amount or 0))
    return found


def _needs(ids: list[UUID]) -> dict[UUID, list[Span]]:
    rows = Need.unscoped.because(WHY).filter(household__in=ids)
    found: dict[UUID, list[Span]] = {id: [] for id in ids}
    for household, since, until in rows.values_list("household_id", "since", "until"):
        found[household].append(Span(since, until))
    return found
