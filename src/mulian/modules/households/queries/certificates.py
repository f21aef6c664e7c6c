"""Papers as they were confirmed: the kinds that may be photographed, those of a family, those found by words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from mulian.core.access import scope
from mulian.core.packs import Pack, current
from mulian.core.packs.shapes.basis import Name
from mulian.core.packs.shapes.certificates import Certificate as Shape
from mulian.core.providers.ocr.layout import Layout
from mulian.core.search.index import holds
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.catalogue import DocumentKind, Label
from mulian.modules.households.models import Certificate, CertificatePicture
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, visible
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.guarded import readable_certificates

SEARCHED = "certificate"
WHY = "papers of households that are in the reader's scope"


@dataclass(frozen=True, kw_only=True)
class CertificateKind:
    """A paper that may be photographed, and how it is printed."""

    document: DocumentKind
    layout: Layout
    targets: tuple[str, ...]
    purpose: Label
    keep_months: int


def kinds() -> dict[str, CertificateKind]:
    """By code, those of the county's pack whose paper is in its catalogue."""
    return _kinds(id(current()))


def kind_of(code: str) -> CertificateKind:
    """Raises `households.item_unknown`."""
    found = kinds().get(code)
    if found is None:
        raise Problem("households.item_unknown")
    return found


def shapes_of(pack: Pack) -> list[Shape]:
    """Raises msgspec.ValidationError."""
    return [
        msgspec.convert(row, Shape) for row in pack.rows("certificates", "certificate") if not row.get("drop")
    ]


@lru_cache(maxsize=4)
def _kinds(identity: int) -> dict[str, CertificateKind]:
    documents = catalogue().documents
    return {
        row.code: _kind(row, documents[row.code]) for row in shapes_of(current()) if row.code in documents
    }


def _kind(row: Shape, document: DocumentKind) -> CertificateKind:
    return CertificateKind(
        document=document,
        layout=Layout(pages=tuple(row.pages), fields=tuple(row.fields), labels=tuple(row.labels)),
        targets=tuple(dict.fromkeys(field.to for field in row.fields)),
        purpose=_label(row.purpose),
        keep_months=row.keep_months,
    )


def _label(name: Name) -> Label:
    return {"zh": name.zh, "bo": name.bo, "en": name.en}


def standing(day: date) -> QuerySet[Certificate]:
    """Those that count on a day: not at their end, and of the last look at the paper."""
    rows = Certificate.unscoped.because(WHY).filter(until__gt=day, document__replaced_at__isnull=True)
    pictures = CertificatePicture.unscoped.because(WHY).filter(certificate=OuterRef("pk"))
    rows = readable_certificates(rows, day).annotate(pictured=Exists(pictures))
    return rows.select_related("document", "document__household").order_by("-kept_at", "id")


def of_papers(documents: Iterable[UUID], day: date) -> dict[UUID, Certificate]:
    """paper → what was confirmed of it; `pictured`: its picture is there."""
    rows = standing(day).filter(document__in=list(documents))
    return {row.document_id: row for row in rows}


def found(actor: Actor, words: str, at: datetime) -> QuerySet[Certificate]:
    """Papers of the families one helps, by words of their confirmed text; without words none. One statement."""
    rows = standing(at.astimezone(CN).date())
    if not words.strip():
        return rows.none()
    homes = visible(actor, at, permission=Permission.CARE)
    return rows.filter(holds(SEARCHED, words), document__household__in=homes.values("id"))


def certificate(id: UUID, household: UUID, actor: Actor, at: datetime) -> Certificate:
    """One, for who helps its family; raises `not_found`."""
    scope.require(actor, Permission.CARE, kind=KIND, id=household, at=at)
    row = standing(at.astimezone(CN).date()).filter(id=id, document__household=household).first()
    if row is None:
        raise Problem("not_found")
    return row
