"""How fresh the register is: what is stale and whose turn it is, household by household and village by village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from mulian.core.areas.codes import Level, at_level
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.models import HelpPlan, Household, Item
from mulian.modules.households.queries import ServingLiaison, ledger, liaisons_of, whereabouts
from mulian.modules.households.queries.catalogue import catalogue

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


@dataclass(frozen=True)
class Area:
    """A place as a whole: households, of how many something is stale, items known and stale."""

    code: str
    households: int
    waiting: int
    known: int
    stale: int


NOTHING = Freshness(0, 0, 0, None)


def freshness(actor: Actor, at: datetime, area: str = "") -> dict[UUID, Freshness]:
    """household → freshness, of the actor's ledger or one area of it; one query."""
    today = at.astimezone(CN).date()
    rows = Item.unscoped.because(WHY).filter(
        valid_to__isnull=True, household__in=ledger(actor, at, area=area).values("id")
    )
    found = rows.values_list("household_id").annotate(
        known=Count("id"),
        registered=Count("id", filter=_stale(Side.REGISTERED, today)),
        residing=Count("id", filter=_stale(Side.RESIDING, today)),
        last=Max("as_of"),
    )
    return {household: Freshness(*figures) for household, *figures in found}


def _stale(side: Side, today: date) -> Q:
    """Items of one side that were last said too long ago, by how long each stays fresh."""
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for item in catalogue().items.values():
        if item.owner == side:
            by_day[item.fresh_since(today)].append(item.code)
    wanted = Q(pk__in=[])
    for day, codes in by_day.items():
        wanted |= Q(code__in=codes, as_of__lte=day)
    return wanted


def turns(actor: Actor, at: datetime, village: str) -> list[Turn]:
    """The households of one village where something waits, by number."""
    known = freshness(actor, at, village)
    review = _to_review(actor, at, village)
    rows = ledger(actor, at, area=village).order_by("number")
    all_turns = [Turn(row, known.get(row.id, NOTHING), row.id in review) for row in rows]
    return [turn for turn in all_turns if turn.fresh.stale or turn.review or not turn.fresh.known]


def _to_review(actor: Actor, at: datetime, village: str) -> set[UUID]:
    """Households with a help plan whose day of review has come; of what kind the need is, is not said here."""
    plans = HelpPlan.unscoped.because(WHY).filter(
        review_on__lte=at.astimezone(CN).date(), done_on__isnull=True, need__until__isnull=True
    )
    ids = ledger(actor, at, area=village).values("id")
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


def by_village(actor: Actor, at: datetime, villages: Iterable[str]) -> list[Area]:
    """Villages of the actor's ledger: every household counts where it lives, else where it is registered."""
    known = freshness(actor, at)
    ids = list(ledger(actor, at).values_list("id", flat=True))
    where = whereabouts(ids, at)
    counted: defaultdict[str, list[Freshness]] = defaultdict(list)
    for id in ids:
        code = where[id].residing or where[id].registered or ""
        counted[at_level(code, Level.VILLAGE) or code].append(known.get(id, NOTHING))
    return [_area(code, counted[code]) for code in villages]


def _area(code: str, found: list[Freshness]) -> Area:
    return Area(
        code=code,
        households=len(found),
        waiting=sum(1 for one in found if one.stale or not one.known),
        known=sum(one.known for one in found),
        stale=sum(one.stale for one in found),
    )
