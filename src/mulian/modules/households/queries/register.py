"""What is true of households on a day, item by item; their needs and papers. Callers have the households in scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.history import Spell, Told, spells
from mulian.modules.households.domain.values import Value, said
from mulian.modules.households.models import Document, HelpPlan, Item, Member, Move, Need
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.guarded import readable_items, readable_needs, readable_papers

INSIDE = "inside a household the caller has in scope"


@dataclass(frozen=True, slots=True)
class Known:
    """One item as it held on a day. `subject`: the member or camp it is about."""

    code: str
    subject: UUID | None
    value: Value
    as_of: date


def true_on(households: Iterable[UUID], day: date) -> dict[UUID, list[Known]]:
    """household → what was true on a day, in the catalogue's order; what is not there is unknown. One query."""
    rows = _holding(Item.unscoped.because(INSIDE).filter(household__in=list(households)), day)
    rows = readable_items(rows, day)
    found: defaultdict[UUID, list[Known]] = defaultdict(list)
    entries = catalogue().items
    for household, code, subject, amount, word, as_of in rows.values_list(
        "household_id", "code", "subject", "amount", "word", "as_of"
    ):
        entry = entries.get(code)
        value = said(entry, amount, word) if entry else None
        if value is not None:
            found[household].append(Known(code, subject, value, as_of))
    order = {code: place for place, code in enumerate(entries)}
    for known in found.values():
        known.sort(key=lambda one: (order[one.code], str(one.subject or "")))
    return found


def _holding(rows: QuerySet[Item], day: date) -> QuerySet[Item]:
    return rows.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def tellings(household: UUID, code: str, subject: UUID | None, today: date) -> list[Item]:
    """Everything ever told of one item, who knows better first; an empty period: corrected."""
    rows = Item.unscoped.because(INSIDE).filter(household=household, code=code, subject=subject)
    rows = readable_items(rows, today).select_related("telling")
    return sorted(rows, key=lambda i: (i.as_of, i.telling.said_at, i.id), reverse=True)


def needs(households: Iterable[UUID], today: date) -> dict[UUID, list[Need]]:
    """household → the needs that hold, with their plans; two queries for any number. Who left has none.

    Needs of children are told only where their guardian agreed.
    """
    ids = list(households)
    plans = Prefetch("plans", HelpPlan.unscoped.because(INSIDE))
    gone = Member.unscoped.because(INSIDE).filter(household__in=ids, gone_at__isnull=False).values("id")
    rows = Need.unscoped.because(INSIDE).filter(household__in=ids, until__isnull=True)
    rows = readable_needs(rows.exclude(member__in=gone), today)
    found: defaultdict[UUID, list[Need]] = defaultdict(list)
    for need in rows.order_by("since", "id").prefetch_related(plans):
        if need.code in catalogue().needs:
            found[need.household_id].append(need)
    return found


def papers(households: Iterable[UUID], today: date) -> dict[UUID, list[Document]]:
    """household → its papers as last seen; sensitive ones of children only where their guardian agreed to help."""
    rows = Document.unscoped.because(INSIDE).filter(household__in=list(households), replaced_at__isnull=True)
    found: defaultdict[UUID, list[Document]] = defaultdict(list)
    for paper in readable_papers(rows, today).order_by("code", "member", "id"):
        if paper.code in catalogue().documents:
            found[paper.household_id].append(paper)
    return found


def last_stays(households: Iterable[UUID]) -> dict[UUID, dict[UUID, Spell[UUID | str]]]:
    """household → camp → its last stay there, from the moves told."""
    rows = Move.unscoped.because(INSIDE).filter(household__in=list(households), kind=MoveKind.CAMP)
    told: defaultdict[UUID, list[Told[UUID | str]]] = defaultdict(list)
    for household, at, turn, camp, area in rows.values_list(
        "household_id", "at", "turn", "camp_id", "area_id"
    ):
        told[household].append(Told(at, turn, camp or area))
    return {id: _by_camp(spells(moves)) for id, moves in told.items()}


def _by_camp(history: Iterable[Spell[UUID | str]]) -> dict[UUID, Spell[UUID | str]]:
    return {spell.place: spell for spell in history if isinstance(spell.place, UUID)}
