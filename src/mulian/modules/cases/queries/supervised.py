"""Supervised cases within a person's scope, what is due next first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.supervising import OPEN
from mulian.modules.cases.models import Case, Supervision
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.words import STAGES

LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class Line:
    """One open supervision. `mine`: the reader demanded it; `late`: the reply is overdue."""

    case: Case
    leader: str
    words: str
    stage: str
    demand: str
    reply: str
    round: int
    start: datetime
    due: datetime
    mine: bool
    late: bool


def supervised(actor: Actor, at: datetime) -> list[Line]:
    """Open supervisions of cases the actor sees: replies to decide on first, then what is due next."""
    cases = Case.objects.visible_to(actor, Permission.SUPERVISE, at=at)
    rows = Supervision.objects.filter(stage__in=OPEN, case__in=cases.values("id"))
    found = rows.select_related("leader", "case__responsible_unit", "case__responsible_person", "case__area")
    lines = [_line(row, actor, at) for row in found.order_by("due", "id")[:LIMIT]]
    return sorted(lines, key=lambda line: (line.stage != "replied", not line.mine, line.due))


def to_decide(actor: Actor, at: datetime) -> int:
    """The badge: replies that wait for this leader."""
    return Supervision.objects.filter(leader=actor.person, stage="replied").count()


def _line(row: Supervision, actor: Actor, at: datetime) -> Line:
    return Line(
        case=row.case,
        leader=row.leader.name,
        words=gettext(STAGES[row.stage]),
        stage=row.stage,
        demand=row.demand,
        reply=row.reply,
        round=row.round,
        start=row.started_at,
        due=row.due,
        mine=row.leader_id == actor.person,
        late=row.stage == "demanded" and at >= row.due,
    )
