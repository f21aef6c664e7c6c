"""What may be done with cases, and which duty includes it."""

from __future__ import annotations

from enum import StrEnum

from mulian.kernel.actor import Role


class Permission(StrEnum):
    """`carry`: the case travels to one's phone. `sort`: topic, place, urgency. `work`: the steps of a case.
    `supervise`: demand a reply by a day. `campaign`: begin, fill and end campaigns.
    `replan`: count running promises by a changed policy.
    `translate`: write what others read in the other language. `rota`: see who listens when. `heard`: see how long
    voices waited. `glossary`: keep its words. `sorter`: which model sorts reports.
    `serve`: open services and mark their papers and steps. `lists`: keep and read one's department's service lists.
    `listed`: mark one's own families on them."""

    VIEW = "cases.view"
    CARRY = "cases.carry"
    REPORT = "cases.report"
    WORK = "cases.work"
    SORT = "cases.sort"
    URGE = "cases.urge"
    SUPERVISE = "cases.supervise"
    CAMPAIGN = "cases.campaign"
    REPLAN = "cases.replan"
    SORTER = "cases.sorter"
    LISTEN = "cases.listen"
    TRANSLATE = "cases.translate"
    ROTA = "cases.rota"
    HEARD = "cases.heard"
    GLOSSARY = "cases.glossary"
    DUTY = "cases.duty"
    FEEDBACK = "cases.feedback"
    SERVE = "cases.serve"
    LISTS = "cases.lists"
    LISTED = "cases.listed"


_LINE = frozenset({Permission.VIEW, Permission.REPORT, Permission.WORK, Permission.SORT, Permission.SERVE})
_FIELD = frozenset(
    {Permission.VIEW, Permission.CARRY, Permission.REPORT, Permission.FEEDBACK, Permission.SERVE}
)

_DESK = frozenset({Permission.LISTEN, Permission.TRANSLATE, Permission.ROTA, Permission.HEARD})

GRANTS: dict[Role, frozenset[str]] = {
    Role.LIAISON: _FIELD | {Permission.LISTED},
    Role.GRID_HEAD: frozenset({Permission.VIEW, Permission.CARRY, Permission.REPORT}),
    Role.VILLAGE_LEAD: _LINE | {Permission.CARRY, Permission.FEEDBACK},
    Role.TOWNSHIP_OFFICER: _LINE | _DESK | {Permission.URGE, Permission.FEEDBACK, Permission.CAMPAIGN},
    Role.COUNTY_DUTY: _LINE
    | _DESK
    | {Permission.URGE, Permission.DUTY, Permission.FEEDBACK, Permission.CAMPAIGN},
    Role.DEPARTMENT_OFFICER: frozenset({Permission.VIEW, Permission.WORK, Permission.LISTS}),
    Role.LEADER: frozenset(
        {
            Permission.VIEW,
            Permission.WORK,
            Permission.URGE,
            Permission.SUPERVISE,
            Permission.CAMPAIGN,
            Permission.DUTY,
            Permission.ROTA,
            Permission.HEARD,
        }
    ),
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.HEARD}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.REPLAN, Permission.SORTER, Permission.ROTA, Permission.GLOSSARY}
    ),
}
