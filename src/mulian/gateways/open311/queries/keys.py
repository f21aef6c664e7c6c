"""Keys: who is behind one, and the list an administrator sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from mulian.core.access import scope, tokens
from mulian.core.areas import queries as areas
from mulian.core.packs import current
from mulian.gateways.open311.domain.refusals import KEY_NEEDED, KEY_UNKNOWN
from mulian.gateways.open311.models import Incoming, Key
from mulian.gateways.open311.permissions import Permission
from mulian.kernel.actor import Actor, Posting, Role
from mulian.kernel.problems import Problem


@dataclass(frozen=True)
class Holder:
    """A live key and in whose name its requests are taken in."""

    key: Key
    actor: Actor


def holder(api_key: str) -> Holder:
    """Raises `open311.key_needed`, `open311.key_unknown` (also for a revoked key and for another county's)."""
    if not api_key:
        raise Problem(KEY_NEEDED)
    digest = tokens.digest(api_key)
    found = Key.objects.select_related("login").filter(key_hash=digest, revoked_at__isnull=True).first()
    if found is None or found.jurisdiction != current().code:
        raise Problem(KEY_UNKNOWN)
    return Holder(found, as_actor(found))


def as_actor(key: Key) -> Actor:
    """The county's centre takes its requests in on the program's behalf; the login itself holds no duty."""
    root = areas.root()
    duty = (Posting(key.id, Role.COUNTY_DUTY, root.code),) if root else ()
    return Actor(person=key.login_id, name=key.owner, language="zh-hans", postings=duty)


def own_cases(key: Key) -> frozenset[UUID]:
    """The cases it handed in."""
    rows = Incoming.objects.filter(key=key, state=Incoming.State.TAKEN)
    return frozenset(rows.values_list("id", flat=True))


def keys(actor: Actor, at: datetime) -> list[Key]:
    """All keys, live ones first, each with `came`, how many requests it handed in. Raises `forbidden`."""
    scope.require_any(actor, Permission.KEYS)
    rows = Key.objects.select_related("login").annotate(came=Count("requests"))
    return sorted(rows, key=lambda key: (key.revoked_at is not None, key.owner, key.created_at))
