"""What is sensitive of children is read only with their guardian's consent (PIPL 28, 31), also what was kept before.

Rows older than the rule stay as they are and are shown nowhere until a guardian agreed; then a need is told anew, and
papers and facts appear again.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.events.models import Event
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.children import FOURTEEN, YOUNG
from mulian.modules.households.events import ChildrenGuarded
from mulian.modules.households.models import Certificate, Document, HelpPlan, Household, Item, Member, Need
from mulian.modules.households.queries.catalogue import catalogue

WHY = "only whether a guardian agreed is asked"
FOLLOWS = ("documents", "items", "needs")
"""Fields of a household that a guardian's consent opens and its end closes."""


def readable_needs(rows: QuerySet[Need], today: date) -> QuerySet[Need]:
    """Without needs of children to which no guardian agreed."""
    return rows.filter(Q(consent_how=Consent.GUARDIAN) | ~_child("member", today))


def readable_plans(rows: QuerySet[HelpPlan], today: date) -> QuerySet[HelpPlan]:
    return rows.filter(Q(need__consent_how=Consent.GUARDIAN) | ~_child("need__member", today))


def readable_papers(rows: QuerySet[Document], today: date) -> QuerySet[Document]:
    """Without sensitive papers of children for whom no guardian agreed to help."""
    codes = _sensitive_papers()
    return rows.exclude(Q(code__in=codes) & _unguarded("member", today)) if codes else rows


def readable_certificates(rows: QuerySet[Certificate], today: date) -> QuerySet[Certificate]:
    """Words and pictures of such papers follow the paper."""
    codes = _sensitive_papers()
    return rows.exclude(Q(document__code__in=codes) & _unguarded("document__member", today))


def readable_items(rows: QuerySet[Item], today: date) -> QuerySet[Item]:
    """The same for sensitive facts."""
    codes = _sensitive_items()
    return rows.exclude(Q(code__in=codes) & _unguarded("subject", today)) if codes else rows


def still_on_phones(today: date) -> QuerySet[Household, UUID]:
    """Households of which something is hidden that phones may hold from before the rule: they were not told yet."""
    needs = Need.unscoped.because(WHY).filter(_child("member", today), until__isnull=True)
    needs = needs.exclude(consent_how=Consent.GUARDIAN)
    papers = Document.unscoped.because(WHY).filter(_unguarded("member", today), code__in=_sensitive_papers())
    facts = Item.unscoped.because(WHY).filter(_unguarded("subject", today), code__in=_sensitive_items())
    held = [needs, papers.filter(replaced_at__isnull=True), facts.filter(valid_to__isnull=True)]
    hidden = reduce(or_, (Q(id__in=rows.values("household")) for rows in held))
    told = Event.objects.filter(
        subject_kind=ChildrenGuarded.subject_kind, subject_id=OuterRef("id"), name=ChildrenGuarded.name
    )
    rows = Household.unscoped.because(WHY).filter(hidden, ~Exists(told))
    return rows.order_by("id").values_list("id", flat=True)


def _sensitive_papers() -> list[str]:
    return [kind.code for kind in catalogue().documents.values() if kind.sensitive]


def _sensitive_items() -> list[str]:
    return [item.code for item in catalogue().items.values() if item.sensitive]


def _child(member: str, today: date) -> Exists:
    """domain/children.py as a condition; a test holds the two together."""
    rows = Member.unscoped.because(WHY).filter(id=OuterRef(member))
    born = Q(birth_year__gte=today.year - FOURTEEN)
    return Exists(rows.filter(born | Q(birth_year__isnull=True, relation__in=YOUNG)))


def _unguarded(member: str, today: date) -> Any:
    agreed = Need.unscoped.because(WHY).filter(
        member=OuterRef(member), consent_how=Consent.GUARDIAN, until__isnull=True
    )
    return _child(member, today) & ~Exists(agreed)
