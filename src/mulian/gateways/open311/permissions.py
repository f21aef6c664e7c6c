"""What may be done with programs outside, and which duty includes it."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    """`keys`: issue and revoke; `release`: let words or a picture of a case out; `forward`: hand a case elsewhere."""

    KEYS = "open311.keys"
    RELEASE = "open311.release"
    FORWARD = "open311.forward"


GRANTS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({Permission.KEYS}),
    Role.COUNTY_DUTY: frozenset({Permission.RELEASE, Permission.FORWARD}),
}
