"""What is sensitive of children is read only with their guardian's consent (PIPL 28, 31), also what was kept before.

Rows older than the rule stay as they are and are shown nowhere until a guardian agreed; then a need is told anew, and
papers and facts appear again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.children import FOURTEEN, YOUNG
from mulian.modules.households.models import Certificate, Document, HelpPlan, Item, Member, Need
from mulian.modules.households.queries.catalogue import catalogue

WHY = "only whether a guardian agreed is asked"


def readable_needs(rows: QuerySet[Need], today: date) -> QuerySet[Need]:
    """Without needs of children to which no guardian agreed."""
    return rows.filter(Q(consent_how=Consent.GUARDIAN) | ~_child("member", today))


def readable_plans(rows: QuerySet[HelpPlan], today: date) -> QuerySet[HelpPlan]:
    return rows.filter(Q(need__consent_how=Consent.GUARDIAN) | ~_child("need__member", today))


def readable_papers(rows: QuerySet[Document], today: date) -> QuerySet[Document]:
    """Without sensitive papers of children for whom no guardian agreed to help."""
    codes = [kind.code for kind in catalogue().documents.values() if kind.sensitive]
    return rows.exclude(Q(code__in=codes) & _unguarded("member", today)) if codes else rows


def readable_certificates(rows: QuerySet[Certificate], today: date) -> QuerySet[Certificate]:
    """Words and pictures of such papers follow the paper."""
    codes = [kind.code for kind in catalogue().documents.values() if kind.sensitive]
    return rows.exclude(Q(document__code__in=codes) & _unguarded("document__member", today))


def readable_items(rows: QuerySet[Item], today: date) -> QuerySet[Item]:
    """The same for sensitive facts."""
    codes = [item.code for item in catalogue().items.values() if item.sensitive]
    return rows.exclude(Q(code__in=codes) & _unguarded("subject", today)) if codes else rows


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
