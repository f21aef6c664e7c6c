"""A device's key for form programs (OpenRosa): it fetches and hands in forms, and opens nothing else.

The key is made from the installation's secret, the device and a salt; the table keeps the salt and a hash. So a copy of
the database signs nobody in, and HTTP Digest, whose server has to know the password, can still be answered.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import actors, devices, tokens, version
from mulian.core.access.events import OpenRosaKeyGiven
from mulian.core.access.models import Device, Person
from mulian.core.database import quick
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

LABEL = "ODK Collect"


@dataclass(frozen=True)
class Given:
    """A new device for a form program, shown once."""

    device: UUID
    username: str
    key: str


def key_of(device: UUID, salt: str) -> str:
    """160 bits in hexadecimal: safe in an address and a header, and short enough for a QR picture."""
    return tokens.derived(f"openrosa:{device}:{salt}")[:40]


@transaction.atomic
def give(*, person: UUID, actor: Actor, at: datetime, label: str = LABEL) -> Given:
    """Makes a device of this person that only form programs use. It is revoked as every phone is."""
    row = Person.objects.filter(id=person, is_active=True).first()
    if row is None:
        raise Problem("not_found")
    devices.require_over(actor, person, at)
    device = devices.add_device(person=row, token=tokens.make(), at=at, label=label or LABEL)
    key = set_key(device=device.id, salt=secrets.token_hex(8))
    append(OpenRosaKeyGiven(subject_id=person, device=str(device.id)), actor=actor, at=at)
    return Given(device.id, row.username, key)


def set_key(*, device: UUID, salt: str) -> str:
    """Writes the row's two columns (inside the caller's transaction); an earlier key of the device ends."""
    key = key_of(device, salt)
    Device.objects.filter(id=device).update(openrosa_salt=salt, openrosa_hash=tokens.digest(key))
    version.bump()
    return key


def actor_by_key(key: str, at: datetime) -> Actor | None:
    """Whose key this is; None when it was never given, the device is revoked or its person switched off."""
    if not key:
        return None
    statement = "SELECT person_id, id FROM access_device WHERE openrosa_hash = %s AND revoked_at IS NULL"
    found = quick.fetch(statement, [tokens.digest(key)])
    return actors.actor_of(quick.uuid(found[0][0]), at, quick.uuid(found[0][1])) if found else None


def keys_of(username: str) -> dict[UUID, str]:
    """device → key of everything this login may use a form program with: for HTTP Digest, which proves by them."""
    rows = Device.objects.filter(
        person__username=username, person__is_active=True, revoked_at__isnull=True
    ).exclude(openrosa_salt="")
    return {id: key_of(id, salt) for id, salt in rows.values_list("id", "openrosa_salt")}


def actor_on(device: UUID, at: datetime) -> Actor | None:
    """Who uses this device now."""
    row = Device.objects.filter(id=device, revoked_at__isnull=True).first()
    return actors.actor_of(row.person_id, at, row.id) if row else None
