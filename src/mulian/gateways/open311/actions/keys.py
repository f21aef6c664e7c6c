"""Issues and revokes programs' keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import actions as people
from mulian.core.access import scope, tokens
from mulian.core.events.log import append
from mulian.core.packs import current
from mulian.gateways.open311.events import KeyIssued, KeyRevoked
from mulian.gateways.open311.models import Key
from mulian.gateways.open311.permissions import Permission
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

USUAL_PER_HOUR = 600


@dataclass(frozen=True)
class Issued:
    """A new key. `secret` is shown once and kept nowhere."""

    key: Key
    secret: str


@transaction.atomic
def issue(
    *,
    owner: str,
    actor: Actor,
    at: datetime,
    contact: str = "",
    per_hour: int = USUAL_PER_HOUR,
    secret: str = "",
) -> Issued:
    """A key for one program. Its requests stand under a login of its own that holds no duty and no password."""
    scope.require_any(actor, Permission.KEYS)
    id, made = uuid7(), secret or tokens.make()
    login = people.create_person(username=f"program-{id.hex[-12:]}", name=owner[:60], actor=SYSTEM, at=at)
    people.change_person(person=login.id, active=False, actor=SYSTEM, at=at)
    key = Key.objects.create(
        id=id,
        owner=owner[:80],
        contact=contact[:120],
        login=login,
        key_hash=tokens.digest(made),
        jurisdiction=current().code,
        per_hour=per_hour,
        created_at=at,
    )
    append(KeyIssued(subject_id=id, owner=key.owner, per_hour=per_hour), actor=actor, at=at)
    return Issued(key, made)


@transaction.atomic
def revoke(*, key: UUID, actor: Actor, at: datetime) -> None:
    """The key opens nothing from the next request on; its cases stay. Raises `not_found`."""
    scope.require_any(actor, Permission.KEYS)
    found = Key.objects.select_for_update().filter(id=key).first()
    if found is None:
        raise Problem("not_found")
    if found.revoked_at is None:
        Key.objects.filter(id=key).update(revoked_at=at)
        append(KeyRevoked(subject_id=key), actor=actor, at=at)
