"""What travels inside a household: camps with what is there, needs, papers, items. Nothing empty travels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN, local_day
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.history import Spell
from mulian.modules.households.domain.sides import BOTH, may_read
from mulian.modules.households.models import Camp, Document, Household, Need, PhonePaper
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import register
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.phone_papers import turned_away
from mulian.modules.households.queries.register import Known
from mulian.modules.households.queries.standing import stands


@dataclass(frozen=True)
class Insides:
    """Everything inside some households, read with a fixed number of queries."""

    items: dict[UUID, list[Known]]
    needs: dict[UUID, list[Need]]
    papers: dict[UUID, list[Document]]
    stays: dict[UUID, dict[UUID, Spell[UUID | str]]]
    retakes: dict[UUID, list[PhonePaper]]
    actor: Actor
    today: date

    def of(self, row: Household, places: dict[str, str], areas: dict[str, dict[str, str]]) -> dict[str, Any]:
        """The lists of one household for this phone, and `side` where it stands on one only."""
        side = stands(places, self.actor)
        cares = bool(stands(places, self.actor, permission=Permission.CARE))
        known = self._readable(row, side, cares)
        return {
            "side": next(iter(side)).value if side and side != BOTH else None,
            "camps": [self._camp(camp, known, areas) for camp in row.camps.all()],
            "needs": self._needs(row) if cares else [],
            "documents": self._papers(row, cares),
            "retake": self._retake(row) if cares else [],
            "items": self._items(row, known),
        }

    def _readable(self, row: Household, side: frozenset[Side], cares: bool) -> list[Known]:
        entries = catalogue().items
        return [k for k in self.items.get(row.id, ()) if may_read(entries[k.code], side, cares)]

    def _items(self, row: Household, known: Iterable[Known]) -> list[dict[str, Any]]:
        """Of the household, then of each who belongs to it now; the day stands once for all that was said on it."""
        place = places_of(row)
        said: defaultdict[tuple[int, date], dict[str, Any]] = defaultdict(dict)
        for one in known:
            if one.subject in place:
                said[place[one.subject], one.as_of][one.code] = one.value
        return [_of(at, {"as_of": day.isoformat(), "values": said[at, day]}) for at, day in sorted(said)]

    def _papers(self, row: Household, cares: bool) -> list[dict[str, Any]]:
        place = places_of(row)
        seen: defaultdict[tuple[int, date], dict[str, Any]] = defaultdict(dict)
        for paper in self.papers.get(row.id, ()):
            if paper.member in place and (cares or not _sensitive(paper)):
                seen[place[paper.member], paper.seen_on][paper.code] = _held(paper)
        return [_of(at, {"seen": day.isoformat(), "held": seen[at, day]}) for at, day in sorted(seen)]

    def _retake(self, row: Household) -> list[dict[str, Any]]:
        """Pictures of papers that nobody could use; `at`: when the one that was turned away was taken."""
        return [_turned_away(one) for one in self.retakes.get(row.id, ())]

    def _needs(self, row: Household) -> list[dict[str, Any]]:
        place = places_of(row)
        return [_of(place.get(need.member, 0), _need(need)) for need in self.needs.get(row.id, ())]

    def _camp(self, camp: Camp, known: Iterable[Known], areas: dict[str, dict[str, str]]) -> dict[str, Any]:
        stay = self.stays.get(camp.household_id or camp.id, {}).get(camp.id)
        data: dict[str, Any] = {
            "id": str(camp.id),
            "area": areas.get(camp.area_id),
            "name": camp.name(self.actor.language),
            "season": camp.season,
            "lat": None if camp.lat is None else round(camp.lat, 5),
            "lon": None if camp.lon is None else round(camp.lon, 5),
            "accuracy": None if camp.accuracy is None else round(camp.accuracy),
            "from": local_day(stay.start) if stay else None,
            "to": local_day(stay.end) if stay and stay.end else None,
        }
        facts = {one.code.partition(".")[2]: one.value for one in known if one.subject == camp.id}
        return {key: value for key, value in (data | facts).items() if value not in (None, "")}


def insides(households: Iterable[UUID], actor: Actor, at: datetime) -> Insides:
    """Six queries for any number of households."""
    ids, today = list(households), at.astimezone(CN).date()
    return Insides(
        items=register.true_on(ids, today),
        needs=register.needs(ids, today),
        papers=register.papers(ids, today),
        stays=register.last_stays(ids),
        retakes=turned_away(ids),
        actor=actor,
        today=today,
    )


def places_of(row: Household) -> dict[UUID | None, int]:
    """The household itself (0), and the members who belong to it now, by their lasting place in it."""
    return {None: 0} | {member.id: member.position for member in row.members.all()}


def _of(place: int, data: dict[str, Any]) -> dict[str, Any]:
    """Whose it is, by the member's place: an id each time would be a twentieth of all bytes of a cold phone."""
    return data | ({"member": place} if place else {})


def _need(need: Need) -> dict[str, Any]:
    data: dict[str, Any] = {"code": need.code, "since": need.since.isoformat()}
    plan = next((p for p in reversed(list(need.plans.all())) if p.done_on is None), None)
    if plan:
        data["plan"] = {"what": plan.what, "who": plan.who} | (
            {"by": plan.due.isoformat()} if plan.due else {}
        )
    return data


def _held(paper: Document) -> str | bool:
    """The day until which it is valid, true where it has none, false where it is not there."""
    return paper.valid_to.isoformat() if paper.held and paper.valid_to else paper.held


def _turned_away(paper: PhonePaper) -> dict[str, Any]:
    whose = {"member": str(paper.member)} if paper.member else {}
    return {"id": str(paper.id), "code": paper.code, "at": paper.taken_at.isoformat()} | whose


def _sensitive(paper: Document) -> bool:
    return catalogue().documents[paper.code].sensitive
