"""Facts about households themselves. Where a family moved is personal; the log keeps only the village."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class AboutHousehold(Event):
    """What a household is the subject of."""

    subject_kind = "household"


@dataclass(frozen=True, kw_only=True)
class HouseholdRegistered(AboutHousehold):
    """A household was taken into the register."""

    name = "households.registered"
    number: str


@dataclass(frozen=True, kw_only=True)
class HouseholdChanged(AboutHousehold):
    """Details or members changed; `what` names the fields, never their values."""

    name = "households.changed"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class HouseholdMoved(AboutHousehold):
    """A place of the household changed with effect from `effective` (told late or early, it may be history).

    `kind` is registered, residing or camp; `from_area` and `to_area` are codes of grid area or village.
    `current` says whether today's place changed.
    """

    name = "households.moved"
    personal = frozenset({"from_area", "to_area", "camp"})
    kind: str
    effective: str
    current: bool
    from_area: str | None
    to_area: str | None
    camp: str | None = None


@dataclass(frozen=True, kw_only=True)
class HouseholdClosed(AboutHousehold):
    """The household is served no longer (merged into another, moved beyond the county)."""

    name = "households.closed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChildrenGuarded(AboutHousehold):
    """What was told of its children before a guardian had to agree is shown nowhere, and leaves the phones."""

    name = "households.children_guarded"


@dataclass(frozen=True, kw_only=True)
class CampOpened(AboutHousehold):
    """The household declared a seasonal place."""

    name = "households.camp_opened"
    season: str


@dataclass(frozen=True, kw_only=True)
class HouseholdsSeeded(Event):
    """A batch of synthetic households was written (demo and tests only; one event for the batch)."""

    name = "households.seeded"
    subject_kind = "area"
    area: str
    households: int
    people: int
