"""Campaigns within the actor's scope, and how their banks stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mulian.core.packs import said
from mulian.core.packs.finding import current
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.campaigns import Stand, Sum, matter, stand, total
from mulian.modules.cases.models import BankEntry, Campaign, Case, Outcome
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.rules import rules

LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Numbers of the whole bank and of every class, the classes without a problem too."""

    all: Sum
    classes: dict[str, Sum]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One line of the bank. `matter`: its class; what was not sorted when it came follows the case's topic."""

    entry: BankEntry
    case: Case
    matter: str
    stand: Stand
    late: bool


def campaigns(actor: Actor, at: datetime) -> list[Campaign]:
    """Running ones first, then by the day they end."""
    rows = _seen(actor, at).select_related("area", "leader")
    return sorted(rows, key=lambda each: (each.ended_at is not None, -each.ends_on.toordinal(), str(each.id)))


def campaign(id: UUID, actor: Actor, at: datetime) -> Campaign | None:
    rows = _seen(actor, at).filter(id=id)
    return rows.select_related("area", "leader").first()


def _seen(actor: Actor, at: datetime) -> QuerySet[Campaign]:
    """Those placed where the actor serves or with their department, and those a case they see belongs to."""
    placed = Campaign.objects.visible_to(actor, Permission.VIEW, at=at).values("id")
    cases = Case.objects.visible_to(actor, Permission.VIEW, at=at).values("id")
    through = BankEntry.objects.filter(case__in=cases).values("campaign")
    rows = Campaign.unscoped.because("each is within one of the two scopes above")
    return rows.filter(Q(id__in=placed) | Q(id__in=through))


def sums(row: Campaign, at: datetime) -> Sums:
    """Counts of all problems, whoever may open them: progress that others can see."""
    found = _stands(row, BankEntry.objects.filter(campaign=row).select_related("case"), at)
    codes = [*row.classes, *sorted({each.matter for each in found} - set(row.classes))]
    return Sums(
        all=total((each.stand, each.late) for each in found),
        classes={
            code: total((each.stand, each.late) for each in found if each.matter == code) for code in codes
        },
    )


def bank(row: Campaign, actor: Actor, at: datetime) -> list[Problem]:
    """The problems whose cases the actor may open: what is late first, then by its day."""
    seen = Case.objects.visible_to(actor, Permission.VIEW, at=at).values("id")
    rows = BankEntry.objects.filter(campaign=row, case__in=seen).select_related(
        "case", "case__area", "leader"
    )
    found = _stands(row, rows.order_by("target_on", "added_at", "case")[:LIMIT], at)
    return sorted(found, key=lambda each: (not each.late, each.stand is not Stand.OPEN))


def entry_of(case: UUID) -> BankEntry | None:
    """Of a case the caller has checked."""
    return BankEntry.objects.select_related("campaign", "campaign__area", "leader").filter(case=case).first()


def role_titles(language: str) -> dict[str, str]:
    """role → what this county calls it."""
    return {row["code"]: said(row["title"], language) for row in current().part("roles").get("role", ())}


def _stands(row: Campaign, entries: Iterable[BankEntry], at: datetime) -> list[Problem]:
    found, today, topics = list(entries), at.astimezone(CN).date(), rules().topics
    ids = [each.case_id for each in found]
    done = set(
        Outcome.objects.filter(case__in=ids, done_at__isnull=False).values_list("case_id", flat=True)
    ) - set(Outcome.objects.filter(case__in=ids, done_at__isnull=True).values_list("case_id", flat=True))
    made = []
    for entry in found:
        case = entry.case
        where = stand(
            state=case.state, outcome=case.outcome, kind=case.kind, joined=case.same_as_id is not None,
            done=case.id in done,
        )  # fmt: skip
        late = where is Stand.OPEN and entry.target_on < today
        named = entry.matter or matter(case.topic, row.classes, topics)
        made.append(Problem(entry=entry, case=case, matter=named, stand=where, late=late))
    return made
