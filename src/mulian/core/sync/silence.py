"""Phones that fell silent, and those that speak again: each silence begins once and ends once.

Who is told, and after how many days, is not known here: a programme asks (cases/actions/silence.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from mulian.core.access.models import Device
from mulian.core.events.log import append
from mulian.core.sync.events import PhoneFellSilent, PhoneHeard
from mulian.core.sync.models import Heartbeat, Silence
from mulian.kernel.actor import SYSTEM


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a phone may be silent: with unsent reports by its own last word, and without."""

    unsent: timedelta
    quiet: timedelta


def fall_silent(patience: Patience, now: datetime) -> list[Silence]:
    """Marks the phones that have just become silent and returns them (inside the caller's transaction).

    A revoked phone, and one whose person speaks from a newer phone, is no silence.
    """
    waiting = Q(unsent__gt=0, at__lte=now - patience.unsent) | Q(at__lte=now - patience.quiet)
    told = Silence.objects.values("device")
    beats = list(Heartbeat.objects.filter(waiting).exclude(device__in=told).order_by("at", "device"))
    used = set(
        Device.objects.filter(id__in=[b.device for b in beats], revoked_at=None).values_list("id", flat=True)
    )
    latest = _latest(b.person for b in beats)
    fresh = [
        Silence(device=b.device, person=b.person, since=b.at, unsent=b.unsent, told_at=now)
        for b in beats
        if b.device in used and b.at >= latest[b.person]
    ]
    Silence.objects.bulk_create(fresh)
    for row in fresh:
        fell = PhoneFellSilent(subject_id=row.device, since=row.since.isoformat(), unsent=row.unsent)
        append(fell, actor=SYSTEM, at=now)
    return fresh


def speak_again(now: datetime) -> list[Silence]:
    """Ends the silences of people who spoke since, from that phone or a newer one, and returns those (inside the
    caller's transaction).
    """
    rows = list(Silence.objects.order_by("told_at", "device"))
    latest = _latest(row.person for row in rows)
    heard = [row for row in rows if latest.get(row.person, row.since) > row.since]
    Silence.objects.filter(device__in=[row.device for row in heard]).delete()
    for row in heard:
        append(PhoneHeard(subject_id=row.device, since=row.since.isoformat()), actor=SYSTEM, at=now)
    return heard


def _latest(persons: Iterable[UUID]) -> Mapping[UUID, datetime]:
    """When each person was last heard, from any phone."""
    found: dict[UUID, datetime] = {}
    for person, at in Heartbeat.objects.filter(person__in=set(persons)).values_list("person", "at"):
        found[person] = max(at, found.get(person, at))
    return found
