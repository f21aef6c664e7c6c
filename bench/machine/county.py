"""The smallest county that can do everything: three villages, a township, three departments, what it promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.kernel.actor import Role
from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain.promises import Amount, Moment, Policy, PromiseKind, Rule
from mulian.modules.cases.domain.staffing import Officer, Staffing, Unit
from mulian.modules.cases.domain.topics import Topic, Topics

COUNTY, TOWNSHIP = "990001", "990001100"
VILLAGES = tuple(f"{TOWNSHIP}20{n}" for n in (1, 2, 3))
DEPARTMENTS = tuple(f"dept.{name}" for name in ("transport", "water", "vet"))
START = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = Topics({"road": Topic(code="road", departments=DEPARTMENTS[:2]), "herd": Topic(code="herd")})
UNITS = (
    *(Unit(f"village:{code}", "village", code) for code in VILLAGES),
    Unit(f"township:{TOWNSHIP}", "township", TOWNSHIP),
    Unit("county_centre", "county_centre", COUNTY),
    *(Unit(code, "department", COUNTY) for code in DEPARTMENTS),
)
ROLES = {
    "village": Role.VILLAGE_LEAD,
    "township": Role.TOWNSHIP_OFFICER,
    "county_centre": Role.COUNTY_DUTY,
    "department": Role.DEPARTMENT_OFFICER,
}


def person(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


STAFF = (
    *(Officer(person=person(u.code), role=ROLES[u.kind], area=u.area, unit=u.code) for u in UNITS),
    Officer(person=person("leader"), role=Role.LEADER, area=COUNTY, on_duty=True),
)
STAFFINGS = tuple(
    Staffing.of(UNITS, [o for o in STAFF if o.unit != vacant])
    for vacant in (
        None,
        None,
        None,
        f"village:{VILLAGES[0]}",
        f"township:{TOWNSHIP}",
        "county_centre",
        "dept.water",
    )
)
AMOUNTS = {
    PromiseKind.TAKE: (Moment.RECEIVED, Amount(minutes=60)),
    PromiseKind.SOLVE: (Moment.RECEIVED, Amount(days=7)),
    PromiseKind.ANSWER: (Moment.SOLVED, Amount(days=1)),
    PromiseKind.FEEDBACK: (Moment.ANSWERED, Amount(days=7)),
    PromiseKind.DECIDE: (Moment.DISPUTED, Amount(days=1)),
}
POLICY = Policy(
    rules=tuple(
        Rule(code=kind, kind=kind, amount=amount, valid_from=date.min)
        for kind, (_, amount) in AMOUNTS.items()
    ),
    calendars={"round": ROUND},
)
CONTACT = Rule(code="contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60), valid_from=date.min)
POLICIES = (
    POLICY,
    replace(POLICY, rules=(*POLICY.rules, CONTACT)),
    replace(POLICY, rules=tuple(rule for rule in POLICY.rules if rule.kind is not PromiseKind.SOLVE)),
    replace(POLICY, rules=tuple(replace(rule, amount=Amount(days=3)) for rule in POLICY.rules)),
)
"""What the county promises: its own, one kind more, one kind less, other amounts."""
