"""How fresh the register is: what is stale and whose turn it is, household by household; for areas see shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, DateField, Max, Q, Value, When

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.models import Household, Item
from mulian.modules.households.queries import ServingLiaison, ledger, liaisons_of, whereabouts
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.helping import holding
from mulian.modules.households.queries.requests import unrestricted

WHY = "how fresh the households of the actor's own ledger are"


@dataclass(frozen=True)
class Freshness:
    """One household: items known, those stale by the side that keeps them, the last day anything was said."""

    known: int
    registered: int
    residing: int
    last: date | None

    @property
    def stale(self) -> int:
        return self.registered + self.residing


@dataclass(frozen=True)
class Turn:
    """A household with something to do: stale items, or a help plan to look at again."""

    household: Household
    fresh: Freshness
    review: bool


NOTHING = Freshness(0, 0, 0, None)


def freshness(actor: Actor, at: datetime, area: str = "") -> dict[UUID, Freshness]:
    """household → freshness, of the actor's ledger or one area of it; one query."""
    today = at.astimezone(CN).date()
    rows = Item.unscoped.because(WHY).filter(
        valid_to__isnull=True, household__in=ledger(actor, at, area=area).values("id")
    )
    found = rows.values_list("household_id").annotate(
        known=Count("id"),
        registered=Count("id", filter=stale_items(today, Side.REGISTERED)),
        residing=Count("id", filter=stale_items(today, Side.RESIDING)),
        last=Max("as_of"),
    )
    return {household: Freshness(*figures) for household, *figures in found}


def stale_items(today: date, side: Side | None = None) -> Q:
    """Items (of one side) last said too long ago, by how long each stays fresh: one comparison a row."""
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for item in catalogue().items.values():
        if side in (None, item.owner):
            by_day[item.fresh_since(today)].append(item.code)
    whens = [When(code__in=codes, then=Value(day)) for day, codes in by_day.items()]
    return Q(as_of__lte=Case(*whens, output_field=DateField()))


def most_stale(actor: Actor, at: datetime, area: str) -> list[tuple[str, int]]:
    """What is stale in an area of the actor's ledger: item code → of how many families, the most first; one query."""
    rows = Item.unscoped.because(WHY).filter(
        stale_items(at.astimezone(CN).date()), valid_to__isnull=True,
        household__in=ledger(actor, at, area=area).values("id"),
    )  # fmt: skip
    found = rows.values_list("code").annotate(families=Count("household", distinct=True))
    return list(found.order_by("-families", "code"))


def turns(actor: Actor, at: datetime, area: str) -> list[Turn]:
    """The households of a village or grid area where something waits, by number; nobody asks restricted ones anew."""
    known = freshness(actor, at, area)
    review = _to_review(actor, at, area)
    rows = unrestricted(ledger(actor, at, area=area), at).order_by("number")
    all_turns = [Turn(row, known.get(row.id, NOTHING), row.id in review) for row in rows]
    return [turn for turn in all_turns if turn.fresh.stale or turn.review or not turn.fresh.known]


def _to_review(actor: Actor, at: datetime, area: str) -> set[UUID]:
    """Households with a help plan whose day of review has come; of what kind the need is, is not said here."""
    today = at.astimezone(CN).date()
    plans = holding(today).filter(review_on__lte=today)
    ids = ledger(actor, at, area=area).values("id")
    return set(plans.filter(need__household__in=ids).values_list("need__household_id", flat=True))


def by_liaison(found: Iterable[Turn], at: datetime) -> list[tuple[str, list[ServingLiaison], list[Turn]]]:
    """The turns by the area the families live in, with who serves there; three queries."""
    held = list(found)
    where = whereabouts([turn.household.id for turn in held], at)
    parted: defaultdict[str, list[Turn]] = defaultdict(list)
    for turn in held:
        place = where[turn.household.id]
        parted[place.residing or place.registered or ""].append(turn)
    serving: defaultdict[str, list[ServingLiaison]] = defaultdict(list)
    for liaison in liaisons_of(parted, at):
        serving[liaison.area].append(liaison)
    return [(code, serving[code], parted[code]) for code in sorted(parted)]
