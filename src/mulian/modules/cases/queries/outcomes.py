"""The registers of what became of cases, and who may be in charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from mulian.core.access.models import Person
from mulian.kernel.actor import Actor, Role
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.outcomes import REGISTERED
from mulian.modules.cases.models import Case, Outcome
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.words import OUTCOMES

LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a register. `due`: its review day has come; `mine`: the reader is in charge."""

    case: Case
    topic: str
    kind: str
    leader: str
    review_on: date
    due: bool
    contractor: str
    fund: str
    starts_on: date | None
    ends_on: date | None
    address: str
    done_at: datetime | None
    result: str
    mine: bool


def register(actor: Actor, at: datetime, kind: str, language: str, *, done: bool = False) -> list[Entry]:
    """The entries of one register within the actor's scope: what is due first; done ones newest first."""
    seen = Case.objects.visible_to(actor, Permission.VIEW, at=at).values("id")
    rows = Outcome.objects.filter(kind=kind, case__in=seen, done_at__isnull=not done)
    rows = rows.select_related("case", "case__area", "case__responsible_unit", "leader")
    found = rows.order_by("-done_at" if done else "review_on", "id")[:LIMIT]
    return [entry_of(row, actor, at, language) for row in found]


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    """kind → open entries within the actor's scope; every register is named, empty ones too."""
    seen = Case.objects.visible_to(actor, Permission.VIEW, at=at).values("id")
    rows = Outcome.objects.filter(case__in=seen, done_at__isnull=True).values_list("kind", flat=True)
    found = list(rows)
    return {kind.value: found.count(kind.value) for kind in REGISTERED}


def entry_for(case: Case, actor: Actor, at: datetime, language: str) -> Entry | None:
    """The newest entry of a case, open or done."""
    row = Outcome.objects.filter(case=case).select_related("case", "leader").order_by("-id").first()
    return entry_of(row, actor, at, language) if row else None


def entry_of(row: Outcome, actor: Actor, at: datetime, language: str) -> Entry:
    return Entry(
        case=row.case,
        topic=topic_name(row.case.topic, language) if row.case.topic else "",
        kind=gettext(OUTCOMES[row.kind]),
        leader=row.leader.name,
        review_on=row.review_on,
        due=row.done_at is None and row.review_on <= at.astimezone(CN).date(),
        contractor=row.contractor,
        fund=row.fund,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        address=row.address,
        done_at=row.done_at,
        result=row.result,
        mine=row.leader_id == actor.person,
    )


def leaders(at: datetime) -> list[tuple[str, str]]:
    """(id, name) of whoever leads now."""
    held = {o.person for o in ground.roster(at).officers if o.role is Role.LEADER}
    people = Person.objects.filter(id__in=held).order_by("name")
    return [(str(each.id), each.name) for each in people]
