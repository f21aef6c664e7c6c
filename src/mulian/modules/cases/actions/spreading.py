"""Where a case counts and who learns of it: placements, phones' feeds, notices. Called inside an act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.access import placing
from mulian.core.access.models import Placement
from mulian.core.areas.codes import Level, level
from mulian.core.events import feeds
from mulian.core.notify.actions import tell
from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.place import HouseholdPlaces
from mulian.modules.cases.domain.receivers import Receiver, Receivers
from mulian.modules.cases.domain.staffing import Accused
from mulian.modules.cases.domain.topics import Topics
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.ground import Roster

KIND = "case"


def places_of(receivers: Receivers, *, topic: str, topics: Topics, held: Roster) -> list[placing.Place]:
    """One placement for every receiver's office or area, so that its people see the case."""
    line = topics.ancestors(topic)
    return [place for each in receivers for place in _places(each, line, held)]


def _places(receiver: Receiver, line: tuple[str, ...], held: Roster) -> list[placing.Place]:
    unit = held.units.get(receiver.unit or "")
    if unit is None:
        return [placing.Place(receiver.area, Placement.As.HANDLING)]
    counts_as = Placement.As.DEPARTMENT if unit.kind == "department" else Placement.As.HANDLING
    return [
        placing.Place(receiver.area, counts_as, held.ids[unit.code], topic)
        for topic in _topics(receiver, line, held)
    ]


def _topics(receiver: Receiver, line: tuple[str, ...], held: Roster) -> list[str]:
    """Officers competent for single topics see a placement of such a topic; others any."""
    staff = (held.officers[n] for n in held.staff.get(receiver.unit or "", ()))
    officers = [officer for officer in staff if officer.topics]
    if not officers:
        return [""]
    listed = {topic for o in officers for topic in o.topics if topic in line}
    chosen = [o for o in officers if o.person == receiver.person and not o.topics.intersection(line)]
    return ["", *sorted(listed | {min(o.topics) for o in chosen})]


def barred(accused: Accused, units: Iterable[str], held: Roster) -> set[UUID]:
    """Persons who must never see a complaint: the accused, and everybody of the offices it must not reach."""
    offices = set(units)
    return set(accused.persons) | {o.person for o in held.officers if o.unit in offices}


def feeds_of(case: Case) -> list[str]:
    """Reader keys of the phones that hold the case. A complaint reaches only the reporter's."""
    keys = [feeds.of_person(case.reporter_id)]
    if case.complaint:
        return keys
    rows = Placement.objects.filter(subject_kind=KIND, subject_id=case.id, valid_to__isnull=True)
    return keys + area_feeds(rows.values_list("area_id", flat=True))


def area_feeds(areas: Iterable[str]) -> list[str]:
    """Feeds of villages and what lies below; higher levels work at the console."""
    low = {Level.VILLAGE, Level.COOPERATIVE, Level.GRID}
    return [feeds.of_area(code) for code in sorted(set(areas)) if level(code) in low]


def person_feed(actor: Actor) -> list[str]:
    return [feeds.of_person(actor.person)]


def household_places(places: HouseholdPlaces) -> list[placing.Place]:
    """The household's own areas, so that every liaison who serves it sees the case."""
    found = (("registered", places.registered), ("residing", places.residing), ("camp", places.camp))
    return [placing.Place(area, counts_as) for counts_as, area in found if area]


def reported_place(area: str | None) -> list[placing.Place]:
    """The reporter's own area, so that they see what they reported."""
    return [placing.Place(area, Placement.As.REPORTED)] if area else []


def notify(
    case: Case,
    persons: Iterable[UUID | None],
    *,
    kind: str,
    title: str,
    key: str,
    at: datetime,
    urgent: bool | None = None,
) -> None:
    """Tells each person once; `key` is unique within the case."""
    found = list(dict.fromkeys(person for person in persons if person))
    if not found:
        return
    tell(
        persons=found,
        kind=f"cases.{kind}",
        title=title,
        params={"number": case.number},
        link=f"/cases/{case.id}/",
        subject_kind=KIND,
        subject_id=case.id,
        urgent=case.urgent if urgent is None else urgent,
        key=f"case:{case.id}:{key}",
        at=at,
    )
