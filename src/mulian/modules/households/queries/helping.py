"""Help plans that hold: who does what by when, what is to be looked at again. Of a need's plans the last one holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Least

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.models import HelpPlan, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import visible
from mulian.modules.households.queries.guarded import readable_plans
from mulian.modules.households.queries.requests import unrestricted

WHY = "help planned for households of the actor's own ledger"


def holding(today: date) -> QuerySet[HelpPlan]:
    """The plan told last of every need that holds, of people who belong to their household."""
    rows = HelpPlan.unscoped.because(WHY).filter(need__until__isnull=True)
    later = HelpPlan.unscoped.because(WHY).filter(need=OuterRef("need"), id__gt=OuterRef("id"))
    left = Member.unscoped.because(WHY).filter(id=OuterRef("need__member"), gone_at__isnull=False)
    return readable_plans(rows.filter(~Exists(later), ~Exists(left)), today)


def timed(rows: QuerySet[HelpPlan]) -> QuerySet[Any]:
    """With `next_on`: until the help was given the day it is due, else the day it is looked at again."""
    waits = When(done_on__isnull=True, due__isnull=False, then=Least("due", "review_on"))
    return rows.annotate(next_on=Case(waits, default=F("review_on")))


def late(rows: QuerySet[HelpPlan], today: date) -> QuerySet[HelpPlan]:
    """Not carried out by its day, or to be looked at again."""
    return rows.filter(Q(review_on__lte=today) | Q(done_on__isnull=True, due__lt=today))


def plans(actor: Actor, at: datetime) -> QuerySet[HelpPlan]:
    """The plans for families the actor helps, what is late first; none of families that restricted their record."""
    today = at.astimezone(CN).date()
    families = unrestricted(visible(actor, at, permission=Permission.CARE), at)
    rows = timed(holding(today).filter(need__household__in=families.values("id")))
    return rows.select_related("need__household").order_by("next_on", "id")
