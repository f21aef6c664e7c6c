"""What may be done with households.

BROWSE is the ledger of one's own village or township; the county has VIEW only: it opens a household it was named, or
finds one by two identifiers and a reason (G8), and never leafs through people. CARE opens what a family told for its
help only: needs, plans, sensitive items and papers. FRESH counts the families with something to ask again, by area.
WHERE asks where a family was, inside a case only. SLIP hands a family its own record and who opened it, at the desk
(G9). IMPORT and EXPORT bring tables of one's own area in and out;
who may say yes to a large export (ALLOW_EXPORT) is never who asked for it. RIGHTS takes down what a family asks of its
own record and answers it; REQUESTS sees how those stand. RETENTION sees what
goes when, FIELDS which duty reads and writes which item: rules and numbers, nobody's record.
"""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    VIEW = "households.view"
    BROWSE = "households.browse"
    FIND = "households.find"
    REGISTER = "households.register"
    CHANGE = "households.change"
    MOVE = "households.move"
    ASSIGN = "households.assign"
    CARE = "households.care"
    WHERE = "households.where"
    SLIP = "households.slip"
    TOTALS = "households.totals"
    FRESH = "households.fresh"
    PLACES = "households.places"
    INSPECT = "households.inspect"
    IMPORT = "households.import"
    EXPORTS = "households.exports"
    EXPORT = "households.export"
    ALLOW_EXPORT = "households.allow_export"
    RETURN = "households.return"
    REQUESTS = "households.requests"
    RIGHTS = "households.rights"
    RETENTION = "households.retention"
    FIELDS = "households.fields"


_LEDGER = frozenset(
    {
        Permission.VIEW,
        Permission.BROWSE,
        Permission.REGISTER,
        Permission.CHANGE,
        Permission.MOVE,
        Permission.ASSIGN,
        Permission.CARE,
        Permission.WHERE,
        Permission.SLIP,
        Permission.TOTALS,
        Permission.FRESH,
        Permission.PLACES,
        Permission.INSPECT,
        Permission.IMPORT,
        Permission.EXPORTS,
        Permission.EXPORT,
        Permission.REQUESTS,
        Permission.RIGHTS,
    }
)
_COUNTY = frozenset(
    {
        Permission.VIEW,
        Permission.FIND,
        Permission.WHERE,
        Permission.TOTALS,
        Permission.FRESH,
        Permission.PLACES,
        Permission.RETURN,
    }
)
GRANTS: dict[Role, frozenset[str]] = {
    Role.LIAISON: frozenset(
        {
            Permission.VIEW,
            Permission.BROWSE,
            Permission.CHANGE,
            Permission.MOVE,
            Permission.CARE,
            Permission.WHERE,
            Permission.FRESH,
        }
    ),
    Role.GRID_HEAD: frozenset(
        {Permission.VIEW, Permission.BROWSE, Permission.TOTALS, Permission.FRESH, Permission.PLACES}
    ),
    Role.VILLAGE_LEAD: _LEDGER,
    Role.TOWNSHIP_OFFICER: _LEDGER | {Permission.ALLOW_EXPORT, Permission.RETURN},
    Role.COUNTY_DUTY: _COUNTY | {Permission.IMPORT},
    Role.LEADER: _COUNTY
    | {Permission.EXPORTS, Permission.ALLOW_EXPORT, Permission.REQUESTS}
    | {Permission.RETENTION, Permission.FIELDS},
    Role.AUDITOR: frozenset({Permission.RETENTION, Permission.FIELDS}),
    Role.ADMINISTRATOR: frozenset({Permission.RETENTION, Permission.FIELDS}),
}
