"""What may be done with people, duties and phones."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    VIEW = "access.view"
    MANAGE = "access.manage"
    ENROL = "access.enrol"
    ROTA = "access.rota"
    SYNC = "access.sync"
    HOME = "access.home"
    RUN = "access.run"


GRANTS: dict[Role, frozenset[str]] = {role: frozenset({Permission.HOME, Permission.SYNC}) for role in Role}
GRANTS[Role.ADMINISTRATOR] |= {
    Permission.VIEW, Permission.MANAGE, Permission.ENROL, Permission.ROTA, Permission.RUN,
}  # fmt: skip
GRANTS[Role.VILLAGE_LEAD] |= {Permission.VIEW, Permission.ENROL}
GRANTS[Role.TOWNSHIP_OFFICER] |= {Permission.VIEW, Permission.ENROL}
GRANTS[Role.COUNTY_DUTY] |= {Permission.VIEW, Permission.ROTA, Permission.RUN}
GRANTS[Role.AUDITOR] |= {Permission.VIEW, Permission.RUN}
