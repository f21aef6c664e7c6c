"""Keys of programs: `Authorization: Bearer <token>`, with exactly their person's duties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.core.access import actors, tokens, version
from mulian.core.access.models import ApiToken, Person
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7

_cache: dict[str, tuple[int, UUID]] = {}


def add(*, person: Person, token: str, at: datetime, label: str = "") -> ApiToken:
    """Writes a key (inside the caller's transaction)."""
    version.bump()
    return ApiToken.objects.create(
        id=uuid7(), person=person, token_hash=tokens.digest(token), label=label, created_at=at
    )


def bearer(authorization: str, at: datetime) -> Actor | None:
    """The actor behind a key; None when the header is no live key."""
    scheme, _, token = authorization.partition(" ")
    if scheme != "Bearer":
        return None
    digest = tokens.digest(token.strip())
    moment = version.current()
    found = _cache.get(digest)
    if found is None or found[0] != moment:
        row = ApiToken.objects.filter(token_hash=digest, revoked_at__isnull=True).first()
        if row is None:
            return None
        found = _cache[digest] = (moment, row.person_id)
    return actors.actor_of(found[1], at, moment=moment)
