"""Takes papers in that a liaison photographed and covered by hand; the desk confirms what stands in them.

The command says whose paper it is; the picture follows by one request held in memory, sealed to the county. It is kept
only after the reader looked at it again in its child, and only sealed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.providers.ocr import reading
from mulian.core.sync.sealing import open_file
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.papers import Paper, check_paper
from mulian.modules.households.actions.picture_lock import opened, sealed
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.events.phone_papers import PaperDropped, PaperPhotographed, PaperPictured
from mulian.modules.households.models import PhonePaper
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.certificates import kind_of
from mulian.modules.households.queries.phone_papers import WHY, phone_paper

KEPT = timedelta(days=30)
"""How long a picture waits for the desk."""
RETAKE = ("retake",)
"""What phones hold of a household that these acts change."""
UNREADABLE = register(
    "households.paper_unreadable", 422, "Nothing can be read on this picture.", "Take it again."
)


@transaction.atomic
def photograph_paper(
    *,
    id: UUID,
    household: UUID,
    code: str,
    member: UUID | None,
    actor: Actor,
    at: datetime,
    written: datetime,
) -> None:
    """A picture of this paper was taken; it follows. Raises `not_found`, `households.closed` and what papers raise."""
    for permission in (Permission.CARE, Permission.CHANGE):
        authorise(household=household, actor=actor, permission=permission, at=at, written=written)
    row = locked(household)
    kind_of(code)
    check_paper(row, Paper(code=code, held=True, member=member), at.astimezone(CN).date())
    _taken_again(household, code, member)
    PhonePaper.unscoped.create(
        id=id, household=row, member=member, code=code, by=actor.person, taken_at=written, noted_at=at
    )
    said = PaperPhotographed(subject_id=household, paper=str(id), code=code)
    announce_change(row, RETAKE, actor=actor, at=at, event=said)


def _taken_again(household: UUID, code: str, member: UUID | None) -> None:
    """Nobody is asked any longer for the oldest of those that were turned away: a paper has two sides."""
    rows = PhonePaper.unscoped.because(WHY).filter(household=household, code=code, member=member)
    oldest = rows.exclude(refused="").order_by("taken_at").first()
    if oldest is not None:
        oldest.delete()


def take_picture(*, id: UUID, kid: str, box: bytes, actor: Actor, at: datetime) -> None:
    """The picture of an announced paper, in the box its phone closed. Coming again, it changes nothing.

    Raises `not_found` (not announced by this person, or over), `sync.sealed`, the reader's Problems, and
    `ocr.still_seen`: then nothing of it is kept, and the same answer is given to the same paper for ever.
    """
    row = _announced(id, actor)
    if row.refused:
        raise Problem(row.refused)
    if row.arrived_at is not None:
        return
    if len(box) > reading.LARGEST:
        raise Problem("files.too_large")
    maker, content = open_file(kid, box)
    if maker != actor.person:
        raise Problem("not_found")
    try:
        covered = reading.written_anew(content, kind_of(row.code).layout)
    except Problem as problem:
        if problem.status < 500:
            _settle(row, actor, at, refused=problem.code)
        raise
    _settle(row, actor, at, box=sealed(id, covered))


def _announced(id: UUID, actor: Actor) -> PhonePaper:
    row = PhonePaper.unscoped.because(WHY).filter(id=id, by=actor.person).defer("box").first()
    if row is None:
        raise Problem("not_found")
    return row


@transaction.atomic
def _settle(
    row: PhonePaper, actor: Actor, at: datetime, *, box: bytes | None = None, refused: str = ""
) -> None:
    """Two requests at once settle it once."""
    rows = PhonePaper.unscoped.because(WHY).filter(id=row.id, arrived_at__isnull=True, refused="")
    if rows.update(box=box, refused=refused, arrived_at=None if refused else at):
        said = PaperPictured(subject_id=row.household_id, paper=str(row.id), refused=refused)
        if refused:
            announce_change(locked(row.household_id, closed_too=True), RETAKE, actor=actor, at=at, event=said)
        else:
            append(said, actor=actor, at=at)


@transaction.atomic
def open_phone_paper(*, id: UUID, household: UUID, actor: Actor, at: datetime) -> bytes:
    """The covered picture that waits; a counted reading. Raises `not_found`, `households.picture_locked`."""
    row = phone_paper(id, household, actor, at)
    note_reading(households=[household], way=Way.PAPER, actor=actor, at=at, why=row.code)
    return opened(row.id, bytes(row.box or b""))


@transaction.atomic
def drop_phone_paper(*, id: UUID, household: UUID, actor: Actor, at: datetime) -> None:
    """Nothing can be read on it: the picture is deleted at once, and the family's phones are asked to take it again.

    Raises `not_found`.
    """
    scope.require(actor, Permission.CHANGE, kind=KIND, id=household, at=at)
    row = phone_paper(id, household, actor, at)
    row.box, row.refused = None, UNREADABLE
    row.save(update_fields=["box", "refused"])
    said = PaperDropped(subject_id=household, paper=str(id))
    announce_change(locked(household), RETAKE, actor=actor, at=at, event=said)


def confirm_phone_paper(*, id: UUID, household: UUID) -> None:
    """What stands in it is confirmed, inside the transaction that keeps it: the picture sent by the phone goes."""
    PhonePaper.unscoped.because(WHY).filter(id=id, household=household).delete()
