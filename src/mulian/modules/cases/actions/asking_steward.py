"""Somebody asks at the public page who serves their family and wants to be called back.

The page only writes down that it was asked. Which family is meant is looked up later, in the worker: what the page
answers, and how long that takes, cannot tell whether a household exists.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from mulian.core.access import doors
from mulian.core.events.log import append
from mulian.core.events.models import Event, EventPrivate
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.actions.following_code import issue
from mulian.modules.cases.actions.knocking import KNOCKS, visitor
from mulian.modules.cases.domain.doors import Door
from mulian.modules.cases.events import StewardAsked
from mulian.modules.cases.models import Case
from mulian.modules.households import public as households

HOUSEHOLD, SEES_HOUSEHOLD = "household", "households.view"
WHY = "asked at the public page who serves this family"


@transaction.atomic
def ask(
    *, id: UUID, village: str, language: str, number: str, name: str, phone: str, reach: str, at: datetime
) -> str:
    """Writes it down; the case follows. Two of number, name and telephone, and how to call back.

    Raises `households.two_identifiers`. Returns the code it is followed by.
    """
    if sum(bool(each.strip()) for each in (number, name, phone)) < 2 or not reach.strip():
        raise Problem("households.two_identifiers")
    doors.welcome(at)
    if not Event.objects.filter(subject_kind="case", subject_id=id, name=StewardAsked.name).exists():
        asked = StewardAsked(
            subject_id=id, village=village, language=language, number=number.strip(), called=name.strip(),
            phone=phone.strip(), reach=reach.strip()[:120],
        )  # fmt: skip
        append(asked, actor=visitor(language), at=at, areas=[village])
    return issue(id, at)


def answer_steward(event: Event, *, now: datetime) -> None:
    """Handler of `cases.steward_asked`: a case for the village, and for the family's own liaison when it is found."""
    if Case.unscoped.because("once for every question").filter(id=event.subject_id).exists():
        return
    said = {**event.data, **_private(event)}
    family = _family(said, now)
    with translation.override(said["language"]):
        text = gettext("A family asks who its liaison is and asks to be called back.")
    reporting.take_in(
        id=event.subject_id, actor=_asker(family, said["language"]), at=now, received_at=event.recorded_at,
        text="\n".join([text, *(said[key] for key in ("number", "called", "phone") if said.get(key))]),
        area=said["village"], household=family, on_behalf_of=said.get("reach", ""), door=Door.PUBLIC,
    )  # fmt: skip


def _private(event: Event) -> dict[str, str]:
    row = EventPrivate.objects.filter(event=event.id).first()
    return dict(row.values) if row else {}


def _family(said: dict[str, str], now: datetime) -> UUID | None:
    """The one household of the village that fits everything said, else None. The search is kept (G8)."""
    found = households.find_named(
        SYSTEM, now, reason=WHY, number=said.get("number", ""), name=said.get("called", ""),
        phone=said.get("phone", ""), village=said["village"],
    )  # fmt: skip
    called = said.get("called", "")
    named = [each for each in found if called in ("", each.name, each.name_bo)]
    there = [each.id for each in named if _counts_in(each.id, said["village"], now)]
    return there[0] if len(there) == 1 else None


def _counts_in(household: UUID, village: str, now: datetime) -> bool:
    return any(code.startswith(village) for code in households.areas_at(household, now).values())


def _asker(family: UUID | None, language: str) -> Actor:
    """Lent the one household for the routing of this one case, where it was found."""
    if family is None:
        return visitor(language)
    return doors.holder({*KNOCKS, SEES_HOUSEHOLD}, kind=HOUSEHOLD, subject=family, language=language)
