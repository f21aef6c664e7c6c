"""Cases as a sweep holds them, and receivers that join many of them in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mulian.core.access import placing
from mulian.core.access.scope import held_places
from mulian.core.database.batch import later
from mulian.core.database.rows import insert, update_many
from mulian.core.database.vendor import skip_locked
from mulian.modules.cases.actions import spreading, writing
from mulian.modules.cases.domain.receivers import Receiver, Receivers, join, strongest
from mulian.modules.cases.models import Case
from mulian.modules.cases.models import Receiver as Row
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.rules import rules


@dataclass
class Watched:
    """A locked case, who has it with the open row of each by key, and where it counts once somebody asked."""

    case: Case
    receivers: Receivers = ()
    rows: dict[str, Row] = field(default_factory=dict)
    places: set[placing.Place] | None = None


def watched(cases: Collection[UUID]) -> dict[UUID, Watched]:
    """Those of the cases that nobody is acting on, locked: two statements for any number."""
    found = {
        case.id: Watched(case)
        for case in skip_locked(Case.unscoped.because("the ladder serves every case").filter(id__in=cases))
    }
    rows = Row.objects.filter(case__in=list(found), until__isnull=True).select_related("unit").order_by("id")
    for row in rows:
        found[row.case_id].rows[row.key] = row
    for held in found.values():
        held.receivers = strongest(holding.held(row) for row in held.rows.values())
    return found


def let_join(held: Watched, joining: Collection[Receiver], now: datetime) -> None:
    """They stand beside the case from now on; who is responsible never changes here."""
    after = held.receivers
    for each in joining:
        after = join(after, each)
    known = {each.key: each for each in held.receivers}
    changed = tuple(each for each in after if known.get(each.key) != each)
    held.receivers = after
    if changed:
        roster = ground.roster(now)
        for each in changed:
            _stand(held, each, roster, now)
        _place(held, changed, roster, now)


def _stand(held: Watched, receiver: Receiver, roster: ground.Roster, now: datetime) -> None:
    """Ends the row of the earlier standing; one that is not written yet is written as ended."""
    ending = held.rows.get(receiver.key)
    if ending is not None:
        ending.until = now
    row = held.rows[receiver.key] = writing.receiver_row(held.case, receiver, roster, now)
    later(_write, (ending if ending and ending.pk else None, row))


def _write(rows: list[tuple[Row | None, Row]]) -> None:
    """All endings first: a case has one open row for each receiver at any time."""
    update_many([ending for ending, _ in rows if ending], ["until"])
    insert([row for _, row in rows])


def read_places(watching: Collection[Watched], now: datetime) -> None:
    """Where they all count, with one statement."""
    here = held_places(spreading.KIND, [each.case.id for each in watching], now)
    for each in watching:
        each.places = {placing.Place(p.area, p.counts_as, p.unit, p.topic) for p in here[each.case.id]}


def _place(held: Watched, changed: Receivers, roster: ground.Roster, now: datetime) -> None:
    if held.places is None:
        read_places([held], now)
    assert held.places is not None
    places = spreading.places_of(changed, topic=held.case.topic, topics=rules().topics, held=roster)
    fresh = [place for place in places if place not in held.places]
    held.places.update(fresh)
    for place in dict.fromkeys(fresh):
        later(_write_places, (held.case.id, place, now))


def _write_places(rows: list[tuple[UUID, placing.Place, datetime]]) -> None:
    for at in {at for _, _, at in rows}:
        placed: dict[UUID, list[placing.Place]] = {}
        for case, place, moment in rows:
            if moment == at:
                placed.setdefault(case, []).append(place)
        placing.place_new(kind=spreading.KIND, placed=placed, at=at)
