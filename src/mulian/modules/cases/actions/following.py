"""Open cases follow their household: when a family moves, whoever serves it now sees what is still open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.access import placing
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import spreading, writing
from mulian.modules.cases.domain.place import HouseholdPlaces
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.events import HouseholdFollowed
from mulian.modules.cases.models import NO_COMPLAINT, Case
from mulian.modules.households import public as households


def follow_household(event: Event, *, now: datetime) -> None:
    """Handler of `households.moved`: adds the new places to the family's open cases.

    Earlier places stay, so that the liaison who wrote the report keeps seeing it. A complaint follows nobody.
    """
    if not event.data["current"]:
        return
    where = households.where(event.subject_id, now)
    places = HouseholdPlaces(registered=where.registered, residing=where.residing, camp=where.camp_area)
    for case in _open_of(event.subject_id):
        _place(case, spreading.household_places(places), event.id, now)


def _open_of(household: UUID) -> list[Case]:
    rows = Case.unscoped.because("a handler acts for every case of the household")
    rows = rows.filter(NO_COMPLAINT, household=household)
    return list(rows.exclude(state=State.CLOSED).select_for_update().order_by("id"))


def _place(case: Case, places: list[placing.Place], cause: UUID, now: datetime) -> None:
    placing.place(kind=spreading.KIND, id=case.id, places=places, at=now)
    followed = HouseholdFollowed(subject_id=case.id, cause=str(cause))
    writing.record(case, followed, actor=SYSTEM, at=now, fields=None)
