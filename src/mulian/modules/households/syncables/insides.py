"""What travels inside a household: camps with what is there, needs, papers, items. Nothing empty travels."""

from __future__ import annotations

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
from mulian.modules.households.models import Camp, Document, Household, Need
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import register
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.register import Known
from mulian.modules.households.queries.standing import stands


@dataclass(frozen=True)
class Insides:
    """Everything inside some households, read with a fixed number of queries."""

    items: dict[UUID, list[Known]]
    needs: dict[UUID, list[Need]]
    papers: dict[UUID, list[Document]]
    stays: dict[UUID, dict[UUID, Spell[UUID | str]]]
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
            "needs": [_need(need) for need in self.needs.get(row.id, ())] if cares else [],
            "documents": self._papers(row, cares),
            "items": self._items(row, known),
        }

    def _readable(self, row: Household, side: frozenset[Side], cares: bool) -> list[Known]:
        entries = catalogue().items
        return [k for k in self.items.get(row.id, ()) if may_read(entries[k.code], side, cares)]

    def _items(self, row: Household, known: Iterable[Known]) -> list[dict[str, Any]]:
        """Of the household, then of each who belongs to it now: what repeats stands together and packs well."""
        place = _places(row)
        held = [one for one in known if one.subject in place]
        return [self._item(one) for one in sorted(held, key=lambda one: place[one.subject])]

    def _papers(self, row: Household, cares: bool) -> list[dict[str, Any]]:
        place = _places(row)
        held = [p for p in self.papers.get(row.id, ()) if p.member in place and (cares or not _sensitive(p))]
        return [_paper(p, place[p.member]) for p in sorted(held, key=lambda p: place[p.member])]

    def _item(self, known: Known) -> dict[str, Any]:
        data: dict[str, Any] = {"code": known.code, "value": known.value, "as_of": known.as_of.isoformat()}
        if known.subject:
            data["member"] = str(known.subject)
        if catalogue().items[known.code].stale(known.as_of, self.today):
            data["stale"] = True
        return data

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
    """Five queries for any number of households."""
    ids, today = list(households), at.astimezone(CN).date()
    return Insides(
        items=register.true_on(ids, today),
        needs=register.needs(ids),
        papers=register.papers(ids),
        stays=register.last_stays(ids),
        actor=actor,
        today=today,
    )


def _need(need: Need) -> dict[str, Any]:
    data: dict[str, Any] = {"id": str(need.id), "code": need.code, "since": need.since.isoformat()}
    if need.member:
        data["member"] = str(need.member)
    plan = next((p for p in reversed(list(need.plans.all())) if p.done_on is None), None)
    if plan:
        data["plan"] = {"what": plan.what, "who": plan.who} | (
            {"by": plan.due.isoformat()} if plan.due else {}
        )
    return data


def _places(row: Household) -> dict[UUID | None, int]:
    """The household itself, and the members who belong to it now, by their lasting place in it."""
    return {None: 0} | {member.id: member.position for member in row.members.all()}


def _paper(paper: Document, place: int) -> dict[str, Any]:
    """Named by what it is and whose: a row's own id would be a third of all bytes of a cold phone."""
    id = f"{paper.code}.{place}" if place else paper.code
    data: dict[str, Any] = {"id": id, "code": paper.code, "held": paper.held}
    data["seen"] = paper.seen_on.isoformat()
    if paper.member:
        data["member"] = str(paper.member)
    return data | ({"valid_to": paper.valid_to.isoformat()} if paper.valid_to else {})


def _sensitive(paper: Document) -> bool:
    return catalogue().documents[paper.code].sensitive
