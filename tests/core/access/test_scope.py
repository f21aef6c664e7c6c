"""The one scope function against brute force: any tree, any duties, any placements, any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.access import scope
from mulian.core.access.actors import actor_then
from mulian.core.access.models import Exclusion, Person, Placement, Posting
from mulian.core.areas.codes import level, parent
from mulian.core.areas.models import Area, Unit
from mulian.core.registry import grants
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.problems import Problem
from mulian.modules.households.models import Household
from tests.world import AT, World, build

KIND = "thing"
PERMISSION = "cases.view"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TREE = (
    "632623",
    "632623100",
    "632623100001",
    "632623100001G001",
    "632623200",
    "632623200200",
    "632623200200C01",
    "632623200200C01G001",
    "632623200201",
    "632623200201G001",
)
UNITS = (UUID(int=1), UUID(int=2))
TOPICS = ("", "road", "water")
ME, SUBJECTS = UUID(int=100), tuple(UUID(int=200 + i) for i in range(4))


@dataclass(frozen=True)
class Duty:
    role: Role
    area: str
    unit: UUID | None
    topics: tuple[str, ...]
    starts: int
    ends: int | None

    def holds(self, hour: int) -> bool:
        return self.starts <= hour and (self.ends is None or hour < self.ends)


@dataclass(frozen=True)
class Put:
    subject: UUID
    area: str
    unit: UUID | None
    topic: str
    starts: int
    ends: int | None

    def holds(self, hour: int) -> bool:
        return self.starts <= hour and (self.ends is None or hour < self.ends)


hours = st.integers(min_value=-5, max_value=5)
ends = st.one_of(st.none(), st.integers(min_value=-4, max_value=6))
units = st.one_of(st.none(), st.sampled_from(UNITS))
areas = st.sampled_from(TREE)
duties = st.lists(
    st.builds(
        Duty,
        role=st.sampled_from(list(Role)),
        area=areas,
        unit=units,
        topics=st.sampled_from([(), (), ("road",), ("road", "water")]),
        starts=hours,
        ends=ends,
    ),
    max_size=4,
)
puts = st.lists(
    st.builds(
        Put,
        subject=st.sampled_from(SUBJECTS),
        area=areas,
        unit=units,
        topic=st.sampled_from(TOPICS),
        starts=hours,
        ends=ends,
    ),
    max_size=8,
)
barred_subjects = st.sets(st.sampled_from(SUBJECTS), max_size=2)


def reaches(duty: Duty, put: Put) -> bool:
    """Whether a duty reaches a placement: department officers by office, all others by area."""
    if duty.role is Role.DEPARTMENT_OFFICER:
        where = duty.unit is not None and put.unit == duty.unit
    else:
        where = put.area.startswith(duty.area)
    return where and (not duty.topics or put.topic in duty.topics)


def oracle(mine: list[Duty], placed: list[Put], barred: set[UUID], hour: int) -> set[UUID]:
    """Who sees what, said as plainly as possible."""
    held = [d for d in mine if d.holds(hour) and PERMISSION in grants()[d.role]]
    seen = {p.subject for p in placed for d in held if p.holds(hour) and reaches(d, p)}
    if any(d.area == TREE[0] and not d.topics and d.role is not Role.DEPARTMENT_OFFICER for d in held):
        seen = set(SUBJECTS)
    return seen - barred


def write(mine: list[Duty], placed: list[Put], barred: set[UUID]) -> None:
    day = date(2020, 1, 1)
    for code in TREE:
        above = parent(code) if code != TREE[0] else None
        Area.objects.create(code=code, parent_id=above, level=level(code), name_zh=code, valid_from=day)
    for unit in UNITS:
        Unit.objects.create(id=unit, code=f"dept.{unit.int}", area_id=TREE[0], kind="department", name_zh="x")
    Person.objects.create(id=ME, username="me", name="me", created_at=NOON)
    for i, id in enumerate(SUBJECTS):
        Household.unscoped.create(id=id, number=str(i), name="x", created_at=NOON)
    for i, d in enumerate(mine):
        Posting.objects.create(
            id=UUID(int=300 + i),
            person_id=ME,
            role=d.role,
            area_id=d.area,
            unit_id=d.unit,
            topics=list(d.topics),
            valid_from=NOON + d.starts * HOUR,
            valid_to=None if d.ends is None else NOON + d.ends * HOUR,
        )
    for p in placed:
        Placement.objects.create(
            subject_kind=KIND,
            subject_id=p.subject,
            area_id=p.area,
            unit_id=p.unit,
            topic=p.topic,
            counts_as="handling",
            valid_from=NOON + p.starts * HOUR,
            valid_to=None if p.ends is None else NOON + p.ends * HOUR,
        )
    Exclusion.objects.bulk_create([Exclusion(subject_kind=KIND, subject_id=s, person_id=ME) for s in barred])


@pytest.mark.django_db
@settings(
    max_examples=120,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    mine=duties, placed=puts, barred=barred_subjects, hour=hours, narrow=st.one_of(st.none(), areas),
    many=st.sampled_from((0, 5000)),
)  # fmt: skip
def test_scope_is_what_brute_force_says(
    mine: list[Duty], placed: list[Put], barred: set[UUID], hour: int, narrow: str | None, many: int
) -> None:
    """`many`: from how many placements on each row is asked instead of listing them."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(scope, "MANY", many)
        write(mine, placed, barred)
        at = NOON + hour * HOUR
        actor = actor_then(ME, at)
        assert actor is not None
        seen = set(
            scope.visible(
                Household.unscoped.because("test"),
                kind=KIND,
                actor=actor,
                permission=PERMISSION,
                at=at,
                areas_only=[narrow] if narrow else [],
            ).values_list("id", flat=True)
        )
        some = SUBJECTS[::2]
        asked = scope.visible(
            Household.unscoped.because("test"),
            kind=KIND,
            actor=actor,
            permission=PERMISSION,
            at=at,
            among=some,
        )
        among = set(asked.values_list("id", flat=True))
        allowed = {id for id in SUBJECTS if scope.can(actor, PERMISSION, kind=KIND, id=id, at=at)}
        transaction.set_rollback(True)

    expected = oracle(mine, placed, barred, hour)
    inside = {p.subject for p in placed if p.holds(hour) and p.area.startswith(narrow or "")}
    assert allowed == expected
    assert among == expected & set(some)
    assert seen == (expected & inside if narrow else expected)


@pytest.mark.django_db
def test_nothing_is_reached_without_a_duty_that_includes_it() -> None:
    world = build()
    near = world.households["near"]

    with pytest.raises(Problem) as foreign:
        scope.require(world.actor("outsider"), "households.view", kind="household", id=near, at=AT)
    with pytest.raises(Problem) as never:
        scope.require_any(world.actor("auditor"), "households.view")

    assert (foreign.value.status, never.value.status) == (404, 403)
    scope.require(SYSTEM, "households.view", kind="household", id=near, at=AT)


@pytest.mark.django_db
def test_a_duty_in_an_area_holds_below_it_only() -> None:
    world: World = build()
    lead = world.actor("village_lead")

    found = {}
    for code in ("632623204200", "632623204200G001", "632623204", "632623204201", "632623"):
        try:
            scope.require_area(lead, "households.register", code)
            found[code] = True
        except Problem:
            found[code] = False

    assert found == {
        "632623204200": True,
        "632623204200G001": True,
        "632623204": False,
        "632623204201": False,
        "632623": False,
    }
