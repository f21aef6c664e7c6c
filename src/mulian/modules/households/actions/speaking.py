"""Keeps what was so before a family's language or its speaker changed. The caller has authorised and locked."""

from __future__ import annotations

from datetime import datetime

from mulian.kernel.actor import Actor
from mulian.modules.households.models import Formerly, Household, Member

WHY = "the household was authorised"


def keep_language(row: Household, before: str, actor: Actor, until: datetime) -> None:
    """The language the family was spoken to in until now."""
    Formerly.unscoped.because(WHY).create(household=row, value=before, until=until, by=actor.person)


def keep_speaker(member: Member, spoke: bool, actor: Actor, until: datetime) -> None:
    """Whether the member spoke for the household until now."""
    Formerly.unscoped.because(WHY).create(
        household_id=member.household_id,
        member=member,
        value="yes" if spoke else "no",
        until=until,
        by=actor.person,
    )
