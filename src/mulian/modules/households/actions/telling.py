"""Writes what was told of a household, item by item: late, out of order, more than once, history stays true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mulian.core.database.rows import insert, update_many
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.authority import written_from
from mulian.modules.households.domain.catalogue import Item as Entry
from mulian.modules.households.domain.catalogue import Of, Source
from mulian.modules.households.domain.sides import may_write
from mulian.modules.households.domain.tellings import Told, ends
from mulian.modules.households.domain.values import Kept, NotAValue, Value, kept
from mulian.modules.households.models import Camp, Household, Item, Member, Telling
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue

MOST_AT_ONCE = 200
register("households.item_unknown", 422, "The register has no such item.", "Choose an item from the list.")
register("households.item_value", 422, "This value does not fit the item.", "Correct the value.")
register(
    "households.not_your_side",
    403,
    "The other village keeps this item for the family.",
    "Tell that village, or send the family's wish as a report.",
)
register("households.too_many_items", 422, "Too many items at once.", "Send them in parts.")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One item as told: since when, and as of which day (default: the day it was said); value None: not known."""

    code: str
    value: Value
    member: UUID | None = None
    camp: UUID | None = None
    as_of: date | None = None
    since: date | None = None

    @property
    def subject(self) -> UUID | None:
        return self.member or self.camp


Key = tuple[UUID | None, str]


def tell(
    row: Household,
    facts: Sequence[Fact],
    *,
    actor: Actor,
    at: datetime,
    written: datetime | None = None,
    source: Source = Source.TOLD,
) -> bool:
    """Writes facts of a locked household inside the caller's transaction; False when there were none.

    Raises `households.item_unknown`, `households.item_value`, `households.not_your_side`.
    """
    if not facts:
        return False
    if len(facts) > MOST_AT_ONCE:
        raise Problem("households.too_many_items")
    said_at = written or at
    stands = written_from(row.id, actor, Permission.CHANGE, at, written)
    if not all(may_write(_entry(fact.code), stands) for fact in facts):
        raise Problem("households.not_your_side")
    _check_subjects(row, facts)
    values = [_kept(fact) for fact in facts]
    telling = Telling.objects.create(said_at=said_at, recorded_at=at, by=actor.person, source=source)
    insert([_item(row, fact, value, telling, at) for fact, value in zip(facts, values, strict=True)])
    replay_items(row.id, {(fact.subject, fact.code) for fact in facts})
    return True


def replay_items(household: UUID, keys: set[Key]) -> None:
    """Makes the periods of some items equal to what was told of them. Only rows that differ are written."""
    rows = Item.unscoped.because("replaying what was told of one household")
    told: defaultdict[Key, dict[int, tuple[Told, date | None]]] = defaultdict(dict)
    rows = rows.filter(household=household, code__in=sorted({code for _, code in keys}))
    for subject, code, id, as_of, said_at, since, until in rows.values_list(*_TOLD):
        told[subject, code][id] = Told(as_of, said_at, id, since), until
    update_many([item for key in keys for item in _moved_ends(told[key])], ["valid_to"])


_TOLD = ("subject", "code", "id", "as_of", "telling__said_at", "valid_from", "valid_to")


def _moved_ends(held: Mapping[int, tuple[Told, date | None]]) -> list[Item]:
    wanted = ends(told for told, _ in held.values())
    return [Item(id=id, valid_to=wanted[id]) for id, (_, until) in held.items() if until != wanted[id]]


def _kept(fact: Fact) -> Kept:
    try:
        return kept(_entry(fact.code), fact.value)
    except NotAValue:
        raise Problem("households.item_value") from None


def _entry(code: str) -> Entry:
    entry = catalogue().items.get(code)
    if entry is None:
        raise Problem("households.item_unknown")
    return entry


def _item(row: Household, fact: Fact, value: Kept, telling: Telling, at: datetime) -> Item:
    """A phone's clock may run ahead: what it dates in the future is as of today."""
    today = at.astimezone(CN).date()
    as_of = min(fact.as_of or telling.said_at.astimezone(CN).date(), today)
    since = min(fact.since or as_of, as_of)
    return Item(
        household=row,
        subject=fact.subject,
        code=fact.code,
        amount=value.amount,
        word=value.word,
        valid_from=since,
        as_of=as_of,
        telling=telling,
    )


def _check_subjects(row: Household, facts: Sequence[Fact]) -> None:
    """Every item is told of what it is about: the household, one of its members, one of its camps."""
    held: Mapping[Of, frozenset[UUID | None]] = {
        Of.HOUSEHOLD: frozenset({None}),
        Of.MEMBER: _ids(Member, row, facts),
        Of.CAMP: _ids(Camp, row, facts),
    }
    if not all(fact.subject in held[_entry(fact.code).of] for fact in facts):
        raise Problem("households.item_unknown")


def _ids(model: type[Member] | type[Camp], row: Household, facts: Sequence[Fact]) -> frozenset[UUID | None]:
    named = [fact.subject for fact in facts if fact.subject]
    if not named:
        return frozenset()
    rows = model.unscoped.because("the household was authorised").filter(household=row.id, id__in=named)
    return frozenset(rows.values_list("id", flat=True))
