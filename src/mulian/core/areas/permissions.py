"""What may be done with places."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    VIEW = "areas.view"
    MANAGE = "areas.manage"


GRANTS: dict[Role, frozenset[str]] = {role: frozenset({Permission.VIEW}) for role in Role}
GRANTS[Role.ADMINISTRATOR] |= {Permission.MANAGE}
