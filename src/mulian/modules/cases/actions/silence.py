"""Tells the village that a liaison's phone fell silent, once, and that it speaks again, once.

Reports may lie on such a phone: somebody should ride out, or carry it to where there is a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from mulian.core import packs
from mulian.core.access.models import Person, Posting
from mulian.core.notify.actions import tell
from mulian.core.sync import silence
from mulian.core.sync.models import Silence
from mulian.core.sync.silence import Patience
from mulian.kernel.actor import Role
from mulian.modules.cases.queries.ground import roster

HOLDS = gettext_noop("%(name)s's phone has been silent for %(days)s days and holds %(unsent)s unsent reports")
SILENT = gettext_noop("%(name)s's phone has been silent for %(days)s days")
HEARD = gettext_noop("%(name)s's phone speaks again after %(days)s days")
LEADS = (Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER)
"""Whom it concerns: the village's leads; where it has none, the township's officers."""
PHONES = "/people/phones/"


def sweep_silence(now: datetime) -> int:
    """Silences begun and ended since the last sweep; the marks and the notices commit together."""
    with transaction.atomic():
        fallen, heard = silence.fall_silent(patience(), now), silence.speak_again(now)
        names = _names([*fallen, *heard])
        for row in fallen:
            _say(row, names, HOLDS if row.unsent else SILENT, "silent", now)
        for row in heard:
            _say(row, names, HEARD, "heard", now)
    return len(fallen) + len(heard)


def patience() -> Patience:
    """The county's days: `[silence]` of liaisons.toml."""
    days = packs.current().tables["liaisons"]["silence"]
    return Patience(unsent=timedelta(days=days["unsent_days"]), quiet=timedelta(days=days["quiet_days"]))


def leads_of(person: UUID, at: datetime) -> list[UUID]:
    """Who leads the village where somebody serves; their deputy while they are on leave."""
    held = Posting.objects.filter(person=person, valid_from__lte=at).exclude(valid_to__lte=at)
    areas = list(held.values_list("area_id", flat=True))
    for role in LEADS:
        found = [
            (each.deputy or each.person) if each.on_leave else each.person
            for each in roster(at).officers
            if each.role == role and any(area.startswith(each.area) for area in areas)
        ]
        if others := [one for one in dict.fromkeys(found) if one != person]:
            return others
    return []


def _names(rows: Sequence[Silence]) -> dict[UUID, str]:
    return dict(Person.objects.filter(id__in={row.person for row in rows}).values_list("id", "name"))


def _say(row: Silence, names: dict[UUID, str], title: str, kind: str, now: datetime) -> None:
    params: dict[str, Any] = {"name": names.get(row.person, ""), "days": (now - row.since).days}
    tell(
        persons=leads_of(row.person, now),
        kind=f"phones.{kind}",
        title=title,
        params=params | ({"unsent": row.unsent} if row.unsent else {}),
        link=PHONES,
        subject_kind="device",
        subject_id=row.device,
        urgent=False,
        key=f"phones.{kind}:{row.device}:{row.since.isoformat()}",
        at=now,
    )
