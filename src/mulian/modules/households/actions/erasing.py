"""Deletes what is kept of a family, as far as the law lets it: the log stays whole, its personal values go (G15)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.events.chain import erase as erase_event
from mulian.core.events.chain import erase_about
from mulian.core.events.log import append
from mulian.core.events.models import Event
from mulian.core.files.actions import detach
from mulian.core.search import index as search
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.placements import replay
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.lives import Life
from mulian.modules.households.domain.requests import Extent
from mulian.modules.households.events import RecordErased
from mulian.modules.households.models import (
    Camp,
    Document,
    Export,
    Formerly,
    Household,
    ImportLine,
    Item,
    LifeEvent,
    Member,
    Move,
    Need,
    PhonePaper,
    Reading,
)
from mulian.modules.households.models import Import as Table
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.rights import rights

WHY = "the family asked for it and a person allowed it"


def erase(
    row: Household, extent: Extent, member: UUID | None, *, request: UUID, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Deletes inside the caller's transaction; answers kind → how many rows. Raises `households.request_still_served`.

    `member`: only what is about them. Tables being written at this moment keep their lines until they are done.
    """
    if extent == Extent.WHOLE and (row.closed_at is None or member is not None):
        raise Problem("households.request_still_served")
    gone = {
        "needs": _gone(_about(Need.unscoped.because(WHY), row, member, "member")),
        "items": _gone(_items(row, extent, member)),
        "documents": _gone(_documents(row, extent, member)),
        "photographed": _gone(_about(PhonePaper.unscoped.because(WHY), row, member, "member")),
        "tables": _gone(_lines(row)),
        "exports": end_downloads(row, at),
    }
    if extent != Extent.HELP and member is None:
        gone["pictures"] = detach(subject_kind=KIND, subject_id=row.id)
        row.picture = ""
    if extent == Extent.WHOLE:
        gone |= _whole(row)
    announce_change(row, ["items", "needs", "documents", "picture"], actor=actor, at=at)
    erased = RecordErased(
        subject_id=row.id, request=str(request), extent=extent, member=str(member) if member else None
    )
    append(erased, actor=actor, at=at)
    return {"extent": extent.value, **{kind: count for kind, count in gone.items() if count}}


def _about(rows: Any, row: Household, member: UUID | None, name: str) -> QuerySet[Any]:
    found = rows.filter(household=row)
    return found.filter(**{name: member}) if member else found


def _items(row: Household, extent: Extent, member: UUID | None) -> QuerySet[Item]:
    rows: QuerySet[Item] = _about(Item.unscoped.because(WHY), row, member, "subject")
    if extent == Extent.HELP:
        return rows.filter(code__in=[item.code for item in catalogue().items.values() if item.sensitive])
    return rows if extent == Extent.WHOLE else rows.exclude(code__in=rights().kept_items)


def _documents(row: Household, extent: Extent, member: UUID | None) -> QuerySet[Document]:
    rows: QuerySet[Document] = _about(Document.unscoped.because(WHY), row, member, "member")
    if extent == Extent.HELP:
        return rows.filter(code__in=[kind.code for kind in catalogue().documents.values() if kind.sensitive])
    return rows if extent == Extent.WHOLE else rows.exclude(code__in=rights().kept_documents)


def _lines(row: Household) -> QuerySet[ImportLine]:
    """Lines of brought tables that were matched with the family: their cells may hold anything."""
    busy = Q(table__state__in=(Table.State.APPLYING, Table.State.UNDOING))
    return ImportLine.objects.filter(household=row.id).exclude(busy)


def end_downloads(row: Household, at: datetime) -> int:
    """Downloads that hold the family end now; the sweep of exports takes key and file."""
    ready = list(Export.objects.filter(state=Export.State.READY, until__gt=at).values_list("id", flat=True))
    made = Event.objects.filter(name="households.export_made", subject_id__in=ready)
    holding = {made_.subject_id for made_ in made if str(row.id) in made_.data.get("found", ())}
    return Export.objects.filter(id__in=holding).update(until=at)


def _whole(row: Household) -> dict[str, int]:
    """Everything but an empty row under its id, which cases name. Who went to another family stays there."""
    people = Member.unscoped.because(WHY).filter(household=row)
    gone = {"members": _gone(people), "moves": _gone(Move.unscoped.because(WHY).filter(household=row))}
    gone["camps"] = _gone(Camp.unscoped.because(WHY).filter(household=row))
    gone["formerly"] = _gone(Formerly.unscoped.because(WHY).filter(household=row))
    for kind in MoveKind:
        replay(row.id, kind)
    lives = LifeEvent.unscoped.because(WHY).filter(household=row, kind__in=(Life.CAME, Life.WENT))
    gone["lives"] = _gone(lives.filter(belongings__isnull=True))
    gone["readings"] = _gone(Reading.unscoped.because(WHY).filter(household=row))
    gone["log"] = erase_about(KIND, row.id) + _searches(row.id)
    search.remove(kind=KIND, ids=[row.id])
    row.name, row.name_bo, row.phone = "", "", ""
    row.number = f"x{row.id.hex[-18:]}"
    return gone


def _searches(household: UUID) -> int:
    """The words that searches found the family by."""
    found = Event.objects.filter(name="households.searched").values_list("id", "data")
    ids = [id for id, data in found.iterator() if str(household) in data.get("found", ())]
    for id in ids:
        erase_event(id)
    return len(ids)


def _gone(rows: QuerySet[Any]) -> int:
    """Deletes them; how many there were of these, without what went with them."""
    count, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0) if count else 0
