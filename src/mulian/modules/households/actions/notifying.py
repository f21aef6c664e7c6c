"""A family that two villages keep: what happens to it is told to the people of both, whoever wrote it down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop as N_  # noqa: N812

from mulian.core.access.models import Posting
from mulian.core.events.models import Event
from mulian.core.notify.actions import tell
from mulian.kernel.actor import Role
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.models import Household
from mulian.modules.households.queries import KIND, liaisons_of, whereabouts

NOTICE = "households.both_sides"
TITLE = N_("Household %(number)s, which two villages keep, has changed.")


def tell_both_sides(event: Event, *, now: datetime) -> None:
    """Handler: the leads of every village the fact belongs to, and the liaisons where the family lives and camps.

    Seasonal moves are no news to a village lead; who wrote it down is not told. One village alone: nobody is told,
    its people see it where they work.
    """
    villages = {code for code in event.areas if len(code) == VILLAGE_LENGTH}
    if len(villages) < 2 or event.data.get("kind") == MoveKind.CAMP:
        return
    row = Household.unscoped.because("a handler tells whoever serves it").get(id=event.subject_id)
    tell(
        persons=sorted((_leads(villages, now) | _liaisons(row.id, now)) - {event.actor}, key=str),
        kind=NOTICE,
        title=TITLE,
        params={"number": row.number},
        link=f"/households/{row.id}/",
        subject_kind=KIND,
        subject_id=row.id,
        urgent=False,
        key=f"{NOTICE}:{event.id}",
        at=now,
    )


def _leads(villages: set[str], at: datetime) -> set[UUID]:
    rows = Posting.objects.filter(role=Role.VILLAGE_LEAD, area__in=villages, valid_from__lte=at)
    rows = rows.filter(person__is_active=True).exclude(valid_to__lte=at)
    return set(rows.values_list("person", flat=True))


def _liaisons(household: UUID, at: datetime) -> set[UUID]:
    place = whereabouts([household], at)[household]
    codes = [code for code in (place.residing, place.camp_area) if code]
    return {liaison.person for liaison in liaisons_of(codes, at)}
