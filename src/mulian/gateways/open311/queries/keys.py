"""Keys: who is behind one, and the list an administrator sees."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count

from mulian.core.access import scope, tokens
from mulian.core.packs import current
from mulian.gateways.open311.domain.refusals import KEY_NEEDED, KEY_UNKNOWN
from mulian.gateways.open311.models import Incoming, Key
from mulian.gateways.open311.permissions import Permission
from mulian.kernel.actor import Actor, Lent
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases


def live(api_key: str) -> Key:
    """The key. Raises `open311.key_needed`, `open311.key_unknown` (also for a revoked one and another county's)."""
    if not api_key:
        raise Problem(KEY_NEEDED)
    digest = tokens.digest(api_key)
    found = Key.objects.select_related("login").filter(key_hash=digest, revoked_at__isnull=True).first()
    if found is None or found.jurisdiction != current().code:
        raise Problem(KEY_UNKNOWN)
    return found


def reporter(key: Key) -> Actor:
    """In whose name its requests are taken in: a login without any duty that was lent the right to say something."""
    return _lent(key, Lent(cases.REPORTS))


def adder(key: Key, case: UUID) -> Actor:
    """The same for adding to one case it handed in."""
    return _lent(key, Lent(cases.ADDS, kind="case", subject=case))


def _lent(key: Key, lent: Lent) -> Actor:
    return Actor(person=key.login_id, name=key.owner, language="zh-hans", lent=lent)


def own_cases(key: Key) -> frozenset[UUID]:
    """The cases it handed in."""
    rows = Incoming.objects.filter(key=key, state=Incoming.State.TAKEN)
    return frozenset(rows.values_list("id", flat=True))


def keys(actor: Actor, at: datetime) -> list[Key]:
    """All keys, live ones first, each with `came`, how many requests it handed in. Raises `forbidden`."""
    scope.require_any(actor, Permission.KEYS)
    rows = Key.objects.select_related("login").annotate(came=Count("requests"))
    return sorted(rows, key=lambda key: (key.revoked_at is not None, key.owner, key.created_at))
