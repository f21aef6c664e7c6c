"""What a public door lends: a right, never a duty; it reaches no row, or the one a code named."""

from __future__ import annotations

from uuid import UUID

import pytest

from mulian.core.access import actions, actors, doors, scope
from mulian.core.access.models import Person
from mulian.core.access.permissions import Permission
from mulian.core.access.web import reading
from mulian.kernel.actor import PUBLIC, SYSTEM, Role
from mulian.kernel.problems import Problem
from tests.world import AT, COUNTY, World

pytestmark = pytest.mark.django_db(databases="__all__")
SEE, DO = "households.view", "cases.report"


@pytest.fixture(autouse=True)
def welcomed(world: World) -> None:
    doors.welcome(AT)


def test_who_knocks_may_what_was_lent_and_reaches_no_row(world: World) -> None:
    visitor = doors.visitor({SEE, DO}, language="bo")
    assert (scope.permitted(visitor, DO), scope.permitted(visitor, "cases.work")) == (True, False)
    assert scope.granting(visitor, DO) == ()
    for household in world.households.values():
        assert not scope.can(visitor, SEE, kind="household", id=household, at=AT)
    people = scope.visible(Person.objects.all(), kind="household", actor=visitor, permission=SEE, at=AT)
    assert not people.exists()
    with pytest.raises(Problem):
        scope.require_area(visitor, DO, COUNTY)


def test_who_holds_a_code_reaches_that_one_by_those_rights_alone(world: World) -> None:
    one, other = world.households["near"], world.households["next"]
    holder = doors.holder({SEE}, kind="household", subject=one, language="bo")

    def can(permission: str, kind: str, id: UUID) -> bool:
        return scope.can(holder, permission, kind=kind, id=id, at=AT)

    assert can(SEE, "household", one)
    assert not any(
        (can(SEE, "household", other), can(SEE, "case", one), can("households.change", "household", one))
    )


def test_nobody_signs_in_is_given_a_duty_or_is_listed_as_the_public(world: World) -> None:
    public = Person.objects.get(id=PUBLIC)
    assert (public.has_usable_password(), public.is_active) == (False, False)
    assert actors.actor_of(PUBLIC, AT) is None
    administrator = world.actor("administrator")
    assert PUBLIC not in set(reading.people(administrator, Permission.VIEW, AT).values_list("id", flat=True))
    for act in (
        lambda: actions.open_posting(
            person=PUBLIC, role=Role.LEADER, area=COUNTY, unit=None, actor=SYSTEM, at=AT
        ),
        lambda: actions.change_person(person=PUBLIC, actor=SYSTEM, at=AT, active=True),
        lambda: reading.person(administrator, Permission.VIEW, PUBLIC, AT),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.code == "not_found"


def test_the_first_visitor_is_welcomed_once(world: World) -> None:
    doors.welcome(AT)
    assert Person.objects.filter(id=PUBLIC).count() == 1
