"""Reads of the register. Rows come from the scope; what code (not a person) asks says why it is unscoped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from mulian.core.access.models import Placement, Posting
from mulian.core.access.scope import held_places
from mulian.core.areas.codes import Level, level, lineage
from mulian.core.search.index import match
from mulian.kernel.actor import Actor, Role
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.telephones import dialled
from mulian.modules.households.models import Camp, Household, Member, Move, Qualification
from mulian.modules.households.permissions import Permission

KIND = "household"


@dataclass(frozen=True, kw_only=True)
class CampPlace:
    """A declared seasonal place (WGS84; a camp without a point has none)."""

    id: UUID
    area: str
    name_zh: str
    name_bo: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a household counted at a moment, as area codes.

    `basis` is the surest of camp, residing, registered (None: nothing known); `age`: how long it had been so.
    """

    registered: str | None = None
    residing: str | None = None
    camp: CampPlace | None = None
    basis: MoveKind | None = None
    age: timedelta | None = None

    @property
    def camp_area(self) -> str | None:
        return self.camp.area if self.camp else None

    @property
    def grid(self) -> str | None:
        """The liaison's grid area the household lives in."""
        return self.residing if self.residing and level(self.residing) == Level.GRID else None

    @property
    def areas(self) -> tuple[str, ...]:
        found = (self.camp_area, self.residing, self.registered)
        return tuple(dict.fromkeys(code for code in found if code))


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What another page shows of a household: enough to know and to call it."""

    id: UUID
    number: str
    name: str
    name_bo: str
    phone: str
    language: str
    area: str | None

    def called(self, language: str) -> str:
        return (self.name_bo if language == "bo" else "") or self.name


@dataclass(frozen=True, kw_only=True)
class ServingLiaison:
    """A liaison of a grid area at a moment."""

    person: UUID
    name: str
    phone: str
    language: str
    area: str


def visible(
    actor: Actor,
    at: datetime,
    *,
    permission: str = Permission.VIEW,
    areas_only: Iterable[str] = (),
    among: Iterable[UUID] | None = None,
) -> QuerySet[Household]:
    """The open households the actor's duties reach; of `among` only, where ids are known."""
    rows = Household.objects.visible_to(actor, permission, at=at, areas_only=areas_only, among=among)
    return rows.filter(closed_at__isnull=True)


def household(id: UUID, actor: Actor, at: datetime) -> Household | None:
    """One household with its members and open camps, if the actor may see it."""
    rows = Household.objects.visible_to(actor, Permission.VIEW, at=at, among=[id])
    return rows.prefetch_related(*_inside()).first()


def _inside() -> tuple[Prefetch[str], Prefetch[str]]:
    camps = Camp.unscoped.because("inside a visible household").filter(closed_at__isnull=True)
    members = Member.unscoped.because("inside a visible household").filter(gone_at__isnull=True)
    return Prefetch("members", members), Prefetch("camps", camps.order_by("season", "id"))


def with_insides(rows: QuerySet[Household]) -> QuerySet[Household]:
    """The same rows with members and open camps (two more queries, however many rows)."""
    return rows.prefetch_related(*_inside())


def ledger(
    actor: Actor, at: datetime, *, text: str = "", area: str = "", liaison: UUID | None = None
) -> QuerySet[Household]:
    """The households of one's own area, by words of name, number or member, by area, by liaison."""
    areas = liaison_areas(liaison, at) if liaison else [area] if area else []
    if liaison and not areas:
        return Household.objects.visible_to(actor, Permission.BROWSE, at=at).none()
    rows = visible(actor, at, permission=Permission.BROWSE, areas_only=areas)
    return rows.filter(id__in=match(KIND, text)) if text.strip() else rows


def calling_from(phone: str, actor: Actor, at: datetime) -> QuerySet[Household]:
    """The households of one's own area that gave this telephone number, as it was typed or without spaces."""
    written = dialled(phone)
    rows = ledger(actor, at)
    return rows.filter(phone__in=written).order_by("number") if written else rows.none()


def briefs(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, Brief]:
    """id → brief of those the actor may see; the rest are left out."""
    wanted = list(dict.fromkeys(ids))
    rows = list(Household.objects.visible_to(actor, Permission.VIEW, at=at, among=wanted))
    places = whereabouts([row.id for row in rows], at)
    return {row.id: _brief(row, places[row.id]) for row in rows}


def _brief(row: Household, place: Whereabouts) -> Brief:
    return Brief(
        id=row.id,
        number=row.number,
        name=row.name,
        name_bo=row.name_bo,
        phone=row.phone,
        language=row.language,
        area=place.residing or place.registered,
    )


def whereabouts(ids: Sequence[UUID], at: datetime) -> dict[UUID, Whereabouts]:
    """id → where each counted at `at`: three queries for any number.

    For code that acts inside a case, a service or an incident; the caller's event records the look-up.
    """
    placed = _placements(ids, at)
    camps = _camps(ids, at)
    return {id: _whereabouts(placed.get(id, {}), camps.get(id), at) for id in ids}


def areas_at(household: UUID, at: datetime) -> dict[str, str]:
    """registered, residing, camp → area code at `at`: one prepared statement, for the path of every report."""
    return {place.counts_as: place.area for place in held_places(KIND, [household], at)[household]}


def _placements(ids: Sequence[UUID], at: datetime) -> dict[UUID, dict[str, Placement]]:
    """The kind is compared here: asked with it, SQLite reads all households instead of these."""
    rows = Placement.objects.filter(subject_id__in=ids, valid_from__lte=at)
    found: defaultdict[UUID, dict[str, Placement]] = defaultdict(dict)
    for row in rows.exclude(valid_to__lte=at).order_by("valid_from", "id"):
        if row.subject_kind == KIND:
            found[row.subject_id][row.counts_as] = row
    return found


def _camps(ids: Sequence[UUID], at: datetime) -> dict[UUID, Camp]:
    """The camp of the last camp move that had taken effect."""
    moves = Move.unscoped.because("whereabouts inside a case, service or incident").filter(
        household__in=ids, kind=MoveKind.CAMP, at__lte=at
    )
    last = {move.household_id: move for move in moves.select_related("camp").order_by("at", "turn")}
    return {id: move.camp for id, move in last.items() if move.camp is not None}


def _whereabouts(placed: dict[str, Placement], camp: Camp | None, at: datetime) -> Whereabouts:
    basis = next((k for k in (MoveKind.CAMP, MoveKind.RESIDING, MoveKind.REGISTERED) if k in placed), None)
    there = placed.get(MoveKind.CAMP)
    return Whereabouts(
        registered=placed[MoveKind.REGISTERED].area_id if MoveKind.REGISTERED in placed else None,
        residing=placed[MoveKind.RESIDING].area_id if MoveKind.RESIDING in placed else None,
        camp=_camp_place(camp, there) if there else None,
        basis=basis,
        age=at - placed[basis].valid_from if basis else None,
    )


def _camp_place(camp: Camp | None, there: Placement) -> CampPlace | None:
    """A camp move to a plain area (the liaison knew only the valley's village) has no named camp."""
    if camp is None or camp.area_id != there.area_id:
        return CampPlace(id=UUID(int=0), area=there.area_id, name_zh="", name_bo="", lat=None, lon=None)
    return CampPlace(
        id=camp.id, area=camp.area_id, name_zh=camp.name_zh, name_bo=camp.name_bo, lat=camp.lat, lon=camp.lon
    )


def liaisons_of(codes: Iterable[str], at: datetime) -> list[ServingLiaison]:
    """The liaisons serving any of these areas at `at` (duties are known within the county)."""
    steps = {step for code in codes for step in lineage(code) if len(step) > 9}
    rows = _serving(at).filter(area__in=steps, person__is_active=True).select_related("person")
    rows = rows.order_by("area_id", "valid_from", "id")
    return [
        ServingLiaison(
            person=p.person_id,
            name=p.person.name,
            phone=p.person.phone,
            language=p.person.language,
            area=p.area_id,
        )
        for p in rows
    ]


def liaison_areas(person: UUID, at: datetime) -> list[str]:
    """The grid areas a person serves as liaison."""
    return sorted(_serving(at).filter(person=person).values_list("area_id", flat=True))


def _serving(at: datetime) -> QuerySet[Posting]:
    rows = Posting.objects.filter(role=Role.LIAISON, valid_from__lte=at)
    return rows.exclude(valid_to__lte=at)


def qualified_in(village: str) -> list[Qualification]:
    """The village's list of possible liaisons: ecological wardens and near neighbours first (by the pack)."""
    rows = Qualification.objects.filter(area=village, person__is_active=True).select_related("person")
    return list(rows.order_by("basis", "person__name", "person_id"))


def serving_among(people: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of some people who serve as liaison at `at`."""
    return set(_serving(at).filter(person__in=list(people)).values_list("person_id", flat=True))
