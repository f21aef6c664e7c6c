"""Who reads figures: whoever answers for an area, for that area; a department, for what it has."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    """`view`: the figures of one's areas. `export`: take them along as a table, for a stated purpose."""

    VIEW = "insight.view"
    EXPORT = "insight.export"


GRANTS: dict[Role, frozenset[str]] = {
    Role.VILLAGE_LEAD: frozenset({Permission.VIEW}),
    Role.TOWNSHIP_OFFICER: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.COUNTY_DUTY: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.DEPARTMENT_OFFICER: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.LEADER: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.EXPORT}),
}
