"""Households leave as a table: for a purpose, until an end, with a second person where they are many, on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.events.retention import forgotten
from mulian.core.files.storage import full_disk_is_a_problem
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.households.domain.exporting import MOST_DAYS, chosen, needs_second
from mulian.modules.households.events import ExportAsked, ExportDecided, ExportTaken
from mulian.modules.households.models import Export
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import exporting as queries
from mulian.modules.households.queries.catalogue import catalogue

NONCE = b"mulian-tabl\0"
"""Each file has a key of its own, used once."""
State = Export.State
register("households.export_purpose", 422, "The purpose is missing.", "Say what the table is needed for.")
register("households.export_days", 422, "A download stays one to seven days.", "Choose fewer days.")
register("households.export_nothing", 422, "There is no household to export.", "Choose another place.")
register("households.export_state", 409, "This step is over.", "Load the page again and look.")
register("households.export_gone", 410, "This download is over.", "Ask for a new one.")


@transaction.atomic
def ask_export(
    *, id: UUID, area: str, purpose: str, items: Sequence[str], people: bool, form: str, days: int,
    actor: Actor, at: datetime,
) -> Export:  # fmt: skip
    """Asks for a table of the households of an area inside one's own ledger; few are allowed at once.

    Raises `households.export_purpose`, `export_days`, `export_nothing`. The same id again answers what it
    made; somebody else's is `not_found`.
    """
    scope.require_area(actor, Permission.EXPORT, area)
    known = Export.objects.filter(id=id).first()
    if known is not None and known.by != actor.person:
        raise Problem("not_found")
    if known is not None:
        return known
    if not purpose.strip():
        raise Problem("households.export_purpose")
    if not 1 <= days <= MOST_DAYS:
        raise Problem("households.export_days")
    households = len(queries.wanted(actor, area, at))
    if not households:
        raise Problem("households.export_nothing")
    row = Export.objects.create(
        id=id,
        area_id=area,
        by=actor.person,
        purpose=purpose.strip()[:200],
        until=at + timedelta(days=days),
        items=[item.code for item in chosen(catalogue(), items, people)],
        people=people,
        form=form,
        households=households,
        state=State.ASKED if needs_second(households) else State.ALLOWED,
        created_at=at,
    )
    asked = ExportAsked(
        subject_id=row.id, purpose=row.purpose, households=households, items=row.items, people=people
    )
    append(asked, actor=actor, at=at, areas=[area])
    return row


@transaction.atomic
def decide_export(*, export: UUID, allow: bool, actor: Actor, at: datetime) -> None:
    """A second person allows or refuses it (G10). Raises `forbidden` for the one who asked."""
    row = queries.export(export, actor)
    if not queries.may_decide(row, actor):
        raise Problem("forbidden")
    state = State.ALLOWED if allow else State.REFUSED
    waiting = Export.objects.filter(id=row.id, state=State.ASKED, until__gt=at)
    if not waiting.update(state=state, decided_by=actor.person, decided_at=at):
        raise Problem("households.export_state")
    append(ExportDecided(subject_id=row.id, allowed=allow), actor=actor, at=at, areas=[row.area_id])


@transaction.atomic
def take_export(*, export: UUID, actor: Actor, at: datetime) -> tuple[Export, bytes]:
    """The table, for the one who asked and only until its end; each time is on record."""
    row = queries.export(export, actor)
    if row.by != actor.person:
        raise Problem("not_found")
    scope.require_area(actor, Permission.EXPORT, row.area_id)
    if row.state == State.GONE or row.until <= at:
        raise Problem("households.export_gone")
    if row.state != State.READY:
        raise Problem("households.export_state")
    try:
        sealed = place_of(row.id).read_bytes()
    except FileNotFoundError:
        raise Problem("households.export_gone") from None
    Export.objects.filter(id=row.id).update(taken=F("taken") + 1)
    append(ExportTaken(subject_id=row.id), actor=actor, at=at, areas=[row.area_id])
    return row, AESGCM(bytes(row.key)).decrypt(NONCE, sealed, row.id.bytes)


def keep_sealed(row: Export, content: bytes) -> bytes:
    """Writes the table sealed; returns the key, which only the row knows."""
    key = AESGCM.generate_key(256)
    place = place_of(row.id)
    with full_disk_is_a_problem():
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        part.write_bytes(AESGCM(key).encrypt(NONCE, content, row.id.bytes))
        part.replace(place)
    return key


def place_of(export: UUID) -> Path:
    return Path(settings.MULIAN_DATA) / "exports" / f"{export}.sealed"


def exports_due(now: datetime) -> QuerySet[Export]:
    """Downloads whose end has come."""
    return Export.objects.filter(until__lte=now).exclude(state__in=(State.GONE, State.REFUSED))


def end_exports(now: datetime) -> int:
    """What has ended is gone: the key first, then the file."""
    ids = list(exports_due(now).values_list("id", flat=True))
    if not ids:
        return 0
    with transaction.atomic():
        Export.objects.filter(id__in=ids).update(state=State.GONE, key=b"")
        forgotten(rule="households.exports", count=len(ids), until=now, at=now)
    for id in ids:
        place_of(id).unlink(missing_ok=True)
    return len(ids)
