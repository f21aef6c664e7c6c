"""What was answered, within the reader's scope."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission

Counts = dict[str, dict[str, int]]
"""form's code → state → how many."""
DONE = (Submission.State.REPLACED, Submission.State.OVER)
"""Corrected since, or deleted because what it was told for is over."""


def answered(code: str, actor: Actor, at: datetime, *, state: str = "") -> QuerySet[Submission]:
    """The submissions of a form that the actor may read, the newest first; those that are done only when asked for."""
    rows = _visible(actor, at).filter(form__code=code).order_by("-received_at", "-id")
    return rows.filter(state=state) if state else rows.exclude(state__in=DONE)


def of_household(household: UUID, actor: Actor, at: datetime, *, about: str) -> QuerySet[Submission]:
    """What was answered about a family by forms about this (a household, a member), the newest first."""
    return _visible(actor, at).filter(household=household, form__about=about).order_by("-received_at", "-id")


def of_subject(id: UUID, actor: Actor, at: datetime) -> QuerySet[Submission]:
    """What was answered about one member, camp or institution, the newest first."""
    return _visible(actor, at).filter(subject=id).order_by("-received_at", "-id")


def one(id: UUID, actor: Actor, at: datetime) -> Submission | None:
    return _visible(actor, at).filter(id=id).first()


def _visible(actor: Actor, at: datetime) -> QuerySet[Submission]:
    rows = Submission.objects.visible_to(actor, Permission.READ, at=at)
    beside = ("form", "person", "replaces__person", "replaced_by__person")
    return rows.select_related(*beside).defer("form__tables", "form__definition", "form__xform")


def counts(actor: Actor, at: datetime) -> Counts:
    """How many answered: of what the actor may read, else, for who only watches, of all; numbers name nobody."""
    if scope.permitted(actor, Permission.READ):
        rows = Submission.objects.visible_to(actor, Permission.READ, at=at)
    else:
        rows = Submission.unscoped.because("how many answered, no answers")
    found: Counts = {}
    for code, state, many in rows.values_list("form__code", "state").annotate(Count("id")).order_by():
        found.setdefault(code, {})[state] = many
    return found
