"""Tells the county's duty officers, once each, of hours in which nobody will listen, before they come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _

from mulian.core.access.models import Posting
from mulian.core.notify.actions import tell
from mulian.kernel.actor import Role
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.rota import Gap
from mulian.modules.cases.queries.rota import coming_gaps
from mulian.modules.cases.queries.rules import rules

TITLES = {
    "bo": _("Nobody listens in Tibetan from %(from)s"),
    "zh-hans": _("Nobody listens in Chinese from %(from)s"),
}
ROTA = "/listen/rota/"


def sweep_gaps(now: datetime) -> int:
    """Each gap of the hours to come is told under its own beginning, so a sweep that runs again tells nobody twice."""
    persons = _keepers(now)
    found = coming_gaps(now, now + rules().desk.warned) if persons else []
    for gap in found:
        _say(gap, persons, now)
    return len(found)


def _keepers(now: datetime) -> list[UUID]:
    held = Posting.objects.filter(role=Role.COUNTY_DUTY, valid_from__lte=now, person__is_active=True)
    return list(
        held.exclude(valid_to__lte=now).order_by("valid_from", "id").values_list("person_id", flat=True)
    )


def _say(gap: Gap, persons: list[UUID], now: datetime) -> None:
    """A gap that has begun is told under the day, not under the minute of each sweep."""
    begun = gap.starts <= now
    key = now.astimezone(CN).date().isoformat() if begun else gap.starts.isoformat()
    tell(
        persons=persons,
        kind="cases.gap",
        title=TITLES[gap.language],
        params={"from": gap.starts.astimezone(CN).strftime("%m-%d %H:%M")},
        link=ROTA,
        subject_kind="person",
        subject_id=persons[0],
        urgent=False,
        key=f"gap:{gap.language}:{key}",
        at=now,
    )
