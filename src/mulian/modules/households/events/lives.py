"""What happens to households: somebody comes or leaves, they split, merge and are opened again."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.households.events.families import AboutHousehold


@dataclass(frozen=True, kw_only=True)
class MemberCame(AboutHousehold):
    """Somebody belongs to the household since a day: born, married in, moved in."""

    name = "households.member_came"
    personal = frozenset({"why", "member"})
    why: str
    member: str
    since: str


@dataclass(frozen=True, kw_only=True)
class MemberWent(AboutHousehold):
    """Somebody belongs to it no longer since a day: died, married out, moved out."""

    name = "households.member_went"
    personal = frozenset({"why", "member"})
    why: str
    member: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdSplit(AboutHousehold):
    """Some of its members are a household of their own since a day."""

    name = "households.split"
    into: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdMerged(AboutHousehold):
    """Its members belong to another household since a day; it is closed."""

    name = "households.merged"
    into: str
    since: str


@dataclass(frozen=True, kw_only=True)
class HouseholdReopened(AboutHousehold):
    """It is served again since a day."""

    name = "households.reopened"
    since: str


@dataclass(frozen=True, kw_only=True)
class LifeTakenBack(AboutHousehold):
    """Something told of it was a mistake; what was so before is so again."""

    name = "households.life_taken_back"
    kind: str
