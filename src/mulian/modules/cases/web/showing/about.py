"""The voice just written down, when nothing says surely what it is about: two buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.classifying import offered
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.topics import usable
from mulian.modules.cases.web.showing.choices import language


@dataclass(frozen=True)
class About:
    """A case and (code, name) of the two likeliest topics."""

    case: Case
    topics: list[tuple[str, str]]


def about(id: str, actor: Actor, at: datetime) -> About | None:
    """None for a case out of reach, and for one whose topic is known by now."""
    try:
        case = visible_case(UUID(id), actor, at)
    except ValueError:
        return None
    if case is None or usable(case.topic_by, case.topic_confidence):
        return None
    if not scope.permitted(actor, Permission.SORT):
        return None
    return About(case, [(code, topic_name(code, language())) for code, _ in offered(case)])
