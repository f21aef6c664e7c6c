"""Who lends the phones a voice: staff who are near the people who will hear it."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    RECORD = "phrases.record"


_SPEAKERS = (Role.ADMINISTRATOR, Role.COUNTY_DUTY, Role.TOWNSHIP_OFFICER, Role.VILLAGE_LEAD)
GRANTS: dict[Role, frozenset[str]] = {role: frozenset({Permission.RECORD}) for role in _SPEAKERS}
