"""What may be done with tasks and visits.

WATCH is the roll-up with everybody's answers; a liaison sees their own part only. FRESH is the list of families by
their last visit: it leafs through households, so it ends at the township, as the ledger does.
"""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    """`carry`: tasks and visits travel to one's phone. `word`: put a task into the other language."""

    VIEW = "tasks.view"
    CARRY = "tasks.carry"
    ANSWER = "tasks.answer"
    ISSUE = "tasks.issue"
    WATCH = "tasks.watch"
    VISIT = "tasks.visit"
    FRESH = "tasks.fresh"
    WORD = "tasks.word"


_ASKED = frozenset({Permission.VIEW, Permission.ANSWER})
_ISSUES = frozenset({Permission.VIEW, Permission.ISSUE, Permission.WATCH})

GRANTS: dict[Role, frozenset[str]] = {
    Role.LIAISON: _ASKED | {Permission.CARRY, Permission.VISIT},
    Role.GRID_HEAD: _ASKED | {Permission.CARRY},
    Role.VILLAGE_LEAD: _ASKED | _ISSUES | {Permission.CARRY, Permission.VISIT, Permission.FRESH},
    Role.TOWNSHIP_OFFICER: _ASKED | _ISSUES | {Permission.FRESH, Permission.WORD},
    Role.COUNTY_DUTY: _ISSUES | {Permission.WORD},
    Role.DEPARTMENT_OFFICER: _ISSUES,
    Role.LEADER: _ISSUES,
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.WATCH}),
}
