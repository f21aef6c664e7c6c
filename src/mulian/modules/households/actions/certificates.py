"""Takes papers in as a person confirmed them: facts, the look at the paper, its covered picture; all or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.events.retention import forgotten
from mulian.core.providers.ocr import reading
from mulian.core.providers.ocr.messages import Answer
from mulian.core.search import index as search
from mulian.core.search.models import SearchEntry
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.changing import Details, update_household
from mulian.modules.households.actions.papers import Paper, note_paper
from mulian.modules.households.actions.phone_papers import confirm_phone_paper
from mulian.modules.households.actions.picture_lock import opened, sealed
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.actions.telling import Fact
from mulian.modules.households.domain.catalogue import Of, Source, months_after
from mulian.modules.households.domain.certificates import Taken, searched
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.events.certificates import CertificateGone, CertificateKept
from mulian.modules.households.models import Certificate, CertificatePicture, Document, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries import certificates as queries
from mulian.modules.households.queries.catalogue import catalogue

SALT = "households.certificate"
SIGNED_FOR = 3600
"""Seconds from the reading to the saving of one paper."""
WHY = "what is kept of papers ends with them"
AT_ONCE = 200
register(
    "households.not_covered",
    422,
    "The picture is not confirmed as covered.",
    "Cover the portrait and all that must not be kept, then say that you did.",
)


@dataclass(frozen=True)
class Looked:
    """What the machine made of a picture. Only where it was sure is there a covered one, with our signature."""

    answer: Answer
    picture: bytes
    signature: str


@dataclass(frozen=True)
class Covered:
    """A covered picture: signed by us (`signature`), or covered by the person who says so (`by_hand`)."""

    picture: bytes
    signature: str = ""
    by_hand: bool = False


def look_at(*, household: UUID, code: str, picture: bytes, actor: Actor, at: datetime) -> Looked:
    """Reads a picture in the child and forgets it; nothing is written. Raises `not_found` and the reader's Problems."""
    _require(actor, household, at)
    kind = queries.kind_of(code)
    answer, covered = reading.look(picture, kind.layout)
    sign = signing.dumps(_signed(household, code, covered), salt=SALT) if covered else ""
    return Looked(answer, covered, sign)


def keep_certificate(
    *, household: UUID, code: str, member: UUID | None, taken: Taken, seen_on: date | None,
    covered: Covered | None, actor: Actor, at: datetime, photographed: UUID | None = None,
) -> UUID:  # fmt: skip
    """Writes what a person confirmed of a paper; the picture is looked at once more before, outside the transaction.

    `photographed`: the picture a phone sent of it, which goes with this.
    Raises `households.not_covered`, and what telling facts and noting papers raise.
    """
    _require(actor, household, at)
    kind = queries.kind_of(code)
    content, by_hand = _content(household, code, kind, covered) if covered else (b"", False)
    with transaction.atomic():
        _tell(household, kind, member, taken, actor, at)
        last = taken.valid_to or _known_to(household, code, member)
        paper = Paper(code=code, held=True, member=member, valid_to=last, seen_on=seen_on)
        document = Document.unscoped.get(id=note_paper(household=household, paper=paper, actor=actor, at=at))
        row = Certificate.unscoped.create(
            id=uuid7(),
            document=document,
            words=searched(kind.document.name, _holder(household, member), taken),
            until=months_after(at.astimezone(CN).date(), kind.keep_months),
            by_hand=by_hand,
            kept_at=at,
            by=actor.person,
        )
        if content:
            CertificatePicture.unscoped.create(certificate=row, box=sealed(row.id, content))
        search.index(kind=queries.SEARCHED, id=row.id, text=row.words, at=at)
        kept = CertificateKept(
            subject_id=household, certificate=str(row.id), pictured=bool(content), by_hand=by_hand
        )
        append(kept, actor=actor, at=at)
        if photographed:
            confirm_phone_paper(id=photographed, household=household)
        forget_certificates(at, household=household)
    return row.id


@transaction.atomic
def open_picture(*, certificate: UUID, household: UUID, actor: Actor, at: datetime) -> bytes:
    """The covered picture, for who helps the family; each opening is a reading that the family may see.

    Raises `not_found`, `households.picture_locked` (the installation's secret is another one).
    """
    row = queries.certificate(certificate, household, actor, at)
    picture = CertificatePicture.unscoped.because(queries.WHY).filter(certificate=row).first()
    if picture is None:
        raise Problem("not_found")
    note_reading(households=[household], way=Way.PAPER, actor=actor, at=at, why=row.document.code)
    return opened(row.id, bytes(picture.box))


@transaction.atomic
def remove_certificate(*, certificate: UUID, household: UUID, actor: Actor, at: datetime) -> None:
    """Deletes what was kept of a paper, its picture first of all; that it was seen stays. Raises `not_found`."""
    _require(actor, household, at)
    _forget(queries.certificate(certificate, household, actor, at), "removed", actor, at)


def certificates_due(now: datetime) -> QuerySet[Certificate]:
    """What was kept of papers at its end, or of a paper looked at again since."""
    over = Q(until__lte=now.astimezone(CN).date()) | Q(document__replaced_at__isnull=False)
    return Certificate.unscoped.because(WHY).filter(over)


def forget_certificates(now: datetime, *, household: UUID | None = None) -> int:
    """The sweep: papers at their end, looks that a later one replaced, words of papers erased with their family.

    Returns how many went.
    """
    rows = certificates_due(now).select_related("document")
    rows = rows.filter(document__household=household) if household else rows
    due = list(rows.order_by("id")[:AT_ONCE])
    with transaction.atomic():
        if due:
            forgotten(rule="households.certificates", count=len(due), until=now, at=now)
        for row in due:
            _forget(row, "replaced" if row.document.replaced_at else "ended", SYSTEM, now)
        lost = SearchEntry.objects.filter(subject_kind=queries.SEARCHED).exclude(
            subject_id__in=Certificate.unscoped.because(WHY).values("id")
        )
        search.remove(kind=queries.SEARCHED, ids=lost.values_list("subject_id", flat=True)[:AT_ONCE])
    return len(due)


def _forget(row: Certificate, why: str, actor: Actor, at: datetime) -> None:
    id, household = row.id, row.document.household_id
    search.remove(kind=queries.SEARCHED, ids=[id])
    row.delete()
    append(CertificateGone(subject_id=household, certificate=str(id), why=why), actor=actor, at=at)


def _require(actor: Actor, household: UUID, at: datetime) -> None:
    for permission in (Permission.CARE, Permission.CHANGE):
        scope.require(actor, permission, kind=KIND, id=household, at=at)


def _content(
    household: UUID, code: str, kind: queries.CertificateKind, covered: Covered
) -> tuple[bytes, bool]:
    """What may be kept: what we covered and signed, or what a person covered, written anew and looked at again."""
    if covered.signature:
        try:
            signed = signing.loads(covered.signature, salt=SALT, max_age=SIGNED_FOR)
        except signing.BadSignature:
            raise Problem("households.not_covered") from None
        if signed == _signed(household, code, covered.picture):
            return covered.picture, False
    if not covered.by_hand:
        raise Problem("households.not_covered")
    return reading.written_anew(covered.picture, kind.layout), True


def _signed(household: UUID, code: str, picture: bytes) -> list[str]:
    return [str(household), code, hashlib.sha256(picture).hexdigest()]


def _tell(
    household: UUID,
    kind: queries.CertificateKind,
    member: UUID | None,
    taken: Taken,
    actor: Actor,
    at: datetime,
) -> None:
    of_member = kind.document.of == Of.MEMBER
    items = catalogue().items
    facts = [
        Fact(code=code, value=value, member=member if code in items and items[code].of == Of.MEMBER else None)
        for code, value in taken.items
    ]
    change = MemberChange(id=member, name=taken.name, name_bo=taken.name_bo, birth_year=taken.birth_year)
    update_household(
        household=household,
        details=Details() if of_member else Details(name=taken.name, name_bo=taken.name_bo),
        members=[change] if of_member else [],
        facts=facts,
        source=Source.PAPER,
        actor=actor,
        at=at,
    )


def _known_to(household: UUID, code: str, member: UUID | None) -> date | None:
    """What was not taken over stays as it was told before."""
    rows = Document.unscoped.because(queries.WHY).filter(household=household, code=code, member=member)
    return rows.filter(replaced_at__isnull=True).values_list("valid_to", flat=True).first()


def _holder(household: UUID, member: UUID | None) -> tuple[str, str]:
    """The names the register has now, the paper's already taken over."""
    if member is not None:
        one = Member.unscoped.because(queries.WHY).get(id=member, household=household)
        return one.name, one.name_bo
    home = Household.unscoped.because(queries.WHY).get(id=household)
    return home.name, home.name_bo
