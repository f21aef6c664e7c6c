"""What may be done with forms.

READ opens what was answered: it ends at the township, as the ledger of households does. The county has WATCH: which
forms there are and how many answered, no answers. CARRY: forms travel to one's phone.
"""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    WATCH = "forms.watch"
    FILL = "forms.fill"
    READ = "forms.read"
    CARRY = "forms.carry"
    PUBLISH = "forms.publish"


_FILLS = frozenset({Permission.WATCH, Permission.FILL, Permission.READ})
_WATCHES = frozenset({Permission.WATCH})

GRANTS: dict[Role, frozenset[str]] = {
    Role.LIAISON: _FILLS | {Permission.CARRY},
    Role.GRID_HEAD: _WATCHES,
    Role.VILLAGE_LEAD: _FILLS | {Permission.CARRY},
    Role.TOWNSHIP_OFFICER: _FILLS,
    Role.COUNTY_DUTY: _WATCHES | {Permission.PUBLISH},
    Role.DEPARTMENT_OFFICER: _WATCHES,
    Role.LEADER: _WATCHES,
    Role.AUDITOR: _WATCHES,
    Role.ADMINISTRATOR: _WATCHES | {Permission.PUBLISH},
}
