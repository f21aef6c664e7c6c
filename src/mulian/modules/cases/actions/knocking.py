"""A report from a public door: taken in like any other, or held back where a limit was met. Sent twice it is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import doors
from mulian.core.files.permissions import Permission as Files
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import adding, holding_back, reporting
from mulian.modules.cases.actions.following_code import issue
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.problems import NOTHING_SAID
from mulian.modules.cases.actions.said import TEXT_LIMIT, Voice, content
from mulian.modules.cases.domain.doors import Door
from mulian.modules.cases.models import Case, FollowingCode, HeldReport
from mulian.modules.cases.permissions import Permission

KIND = "case"
KNOCKS = frozenset({Permission.REPORT, Files.SEND})
"""What whoever knocks is lent: to say something and to send a sound, and to see nothing."""
FOLLOWS = frozenset({Permission.VIEW, Permission.REPORT, Permission.FEEDBACK, Files.SEND})
"""What whoever holds a code is lent, for that one case."""


@dataclass(frozen=True, kw_only=True)
class Knock:
    """What somebody sent. `id` was made with the form; `reach` is how they may be called back."""

    id: UUID
    language: str
    text: str = ""
    voice: Voice | None = None
    photos: tuple[str, ...] = ()
    hazard: str = ""
    area: str = ""
    place: Spot | None = None
    reach: str = ""
    about_area: str = ""
    door: str = Door.PUBLIC


def visitor(language: str) -> Actor:
    """Somebody who knocks."""
    return doors.visitor(KNOCKS, language=language)


def holder(report: UUID, language: str) -> Actor:
    """Somebody who has shown the code of a report."""
    return doors.holder(FOLLOWS, kind=KIND, subject=report, language=language)


@transaction.atomic
def knock(said: Knock, *, at: datetime, because: str = "") -> str:
    """Takes it in, or holds it back when `because` names a limit; returns the code it is followed by.

    Sent again with more in it, what is new is added to the same case. Raises what `reporting.take_in` raises.
    """
    doors.welcome(at)
    if FollowingCode.objects.filter(report=said.id).exists():
        _add_what_is_new(said, at)
        return issue(said.id, at)
    if because:
        holding_back.hold(said, because=because, at=at)
    else:
        take(said, at=at)
    return issue(said.id, at)


def take(said: Knock, *, at: datetime, received_at: datetime | None = None) -> Case:
    """Inside the caller's transaction: a case by the ordinary way."""
    return reporting.take_in(
        id=said.id, actor=visitor(said.language), at=at, received_at=received_at, text=said.text,
        voice=said.voice, photos=said.photos, hazard=said.hazard, area=said.area or None, place=said.place,
        on_behalf_of=said.reach, about_area=said.about_area, door=said.door,
    )  # fmt: skip


def _add_what_is_new(said: Knock, at: datetime) -> None:
    """A form sent a second time, perhaps after something was written to it."""
    case = Case.unscoped.because("who sends the form again holds its signed id").filter(id=said.id).first()
    if case is None:
        _add_to_held(said)
        return
    if said.text.strip() and said.text.strip() not in case.text:
        adding.add(case=said.id, actor=holder(said.id, said.language), at=at, text=said.text)


def _add_to_held(said: Knock) -> None:
    row = HeldReport.objects.select_for_update().filter(id=said.id, state=HeldReport.State.WAITING).first()
    if row is not None and said.text.strip() and said.text.strip() not in row.text:
        row.text = f"{row.text}\n{said.text}".strip()[: 2 * TEXT_LIMIT]
        row.save(update_fields=["text"])


def checked(said: Knock) -> Knock:
    """The same, when there is something in it. Raises `cases.nothing_said`, `cases.too_long`."""
    if not content(text=said.text, voice=said.voice, photos=said.photos) and not said.hazard:
        raise Problem(NOTHING_SAID)
    return said
