"""Public doors: actors for people without a login. They are lent a right, never a duty.

Who only knocks reaches no row at all; who shows the code of one subject reaches that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.access.events import PersonCreated
from mulian.core.access.models import Person
from mulian.core.events.log import append
from mulian.kernel.actor import PUBLIC, SYSTEM, Actor, Lent

NAME = "公众 མི་མང་"
"""As histories name everybody who came by a public door."""


def visitor(permissions: Iterable[str], *, language: str) -> Actor:
    """Somebody who knocks: may do these things, sees nothing."""
    return Actor(PUBLIC, NAME, language, lent=Lent(frozenset(permissions)))


def holder(permissions: Iterable[str], *, kind: str, subject: UUID, language: str) -> Actor:
    """Somebody who has shown the code of one subject: may do these things with that one."""
    return Actor(PUBLIC, NAME, language, lent=Lent(frozenset(permissions), kind, subject))


def welcome(at: datetime) -> None:
    """The one entry all visitors stand under, made when the first one comes; nobody can sign in as it."""
    if Person.objects.filter(id=PUBLIC).exists():
        return
    person = Person(id=PUBLIC, username="public", name=NAME, is_active=False, created_at=at)
    person.set_unusable_password()
    Person.objects.bulk_create([person], ignore_conflicts=True)
    append(PersonCreated(subject_id=PUBLIC, username="public"), actor=SYSTEM, at=at)
