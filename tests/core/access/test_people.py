"""Logins, duties, leave, rotas; what one change does to what is cached."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.core.access import actions, actors, api_tokens, version
from mulian.core.access.models import Leave, Person, Posting
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.problems import Problem
from tests.world import AT, PASSWORD, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_cached_actor_costs_one_read(world: World) -> None:
    world.actor("village_lead")

    with CaptureQueriesContext(connection) as queries:
        world.actor("village_lead")

    assert len(queries) == 1


def test_a_change_of_duty_bites_at_the_next_request(world: World) -> None:
    before = world.actor("village_lead")
    posting = before.postings[0].id

    actions.close_posting(posting=posting, actor=SYSTEM, at=AT)

    assert before.holds(Role.VILLAGE_LEAD)
    assert world.actor("village_lead").postings == ()
    then = actors.actor_then(world.people["village_lead"], AT - HOUR)
    assert then is not None
    assert then.holds(Role.VILLAGE_LEAD)


def test_a_duty_that_begins_or_ends_by_itself_is_noticed(world: World) -> None:
    actions.open_posting(
        person=world.people["village_lead"],
        role=Role.LEADER,
        area="632623",
        actor=SYSTEM,
        at=AT,
        valid_from=AT + HOUR,
        valid_to=AT + 2 * HOUR,
    )

    roles = [sorted(world.actor("village_lead", AT + n * HOUR).roles) for n in (0, 1, 2, 1, 0)]

    plain, both = ["village_lead"], ["leader", "village_lead"]
    assert roles == [plain, both, plain, both, plain]


def test_a_switched_off_person_is_nobody(world: World) -> None:
    header = f"Bearer {world.api_token('leader')}"
    assert api_tokens.bearer(header, AT) is not None

    actions.change_person(person=world.people["leader"], active=False, actor=SYSTEM, at=AT)

    assert actors.actor_of(world.people["leader"], AT) is None
    assert api_tokens.bearer(header, AT) is None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer api-nobody"])
def test_what_is_no_key_opens_nothing(world: World, header: str) -> None:
    assert api_tokens.bearer(header, AT) is None


def test_every_write_to_people_moves_the_version_and_leaves_an_event(world: World) -> None:
    person = world.people["village_deputy"]
    posting = Posting.objects.get(person=person)
    acts: list[tuple[str, Any]] = [
        (
            "access.person_changed",
            lambda: actions.change_person(person=person, phone="0", actor=SYSTEM, at=AT),
        ),
        (
            "access.leave_set",
            lambda: actions.set_leave(
                posting=posting.id, starts=AT, ends=AT + HOUR, deputy=None, actor=SYSTEM, at=AT
            ),
        ),
        (
            "access.posting_opened",
            lambda: actions.open_posting(
                person=person, role=Role.GRID_HEAD, area=VILLAGE2, actor=SYSTEM, at=AT
            ),
        ),
        ("access.posting_closed", lambda: actions.close_posting(posting=posting.id, actor=SYSTEM, at=AT)),
    ]
    for name, act in acts:
        moved, events = version.current(), Event.objects.filter(name=name).count()
        act()
        assert (version.current() > moved, Event.objects.filter(name=name).count()) == (True, events + 1), (
            name
        )
    assert Leave.objects.get(posting=posting).ends == AT + HOUR


@pytest.mark.parametrize("username", ["village_lead", "county_duty", "leader", "auditor", "outsider"])
def test_only_an_administrator_gives_duties(world: World, username: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.open_posting(
            person=world.people["outsider"],
            role=Role.ADMINISTRATOR,
            area="632623",
            actor=world.actor(username),
            at=AT,
        )

    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"area": "632623999"}, "areas.unknown"),
        ({"role": Role.DEPARTMENT_OFFICER}, "access.unit_needed"),
        ({"valid_to": AT}, "access.period"),
    ],
)
def test_impossible_duties_are_refused(world: World, given: dict[str, Any], code: str) -> None:
    values = {"role": Role.GRID_HEAD, "area": VILLAGE, **given}

    with pytest.raises(Problem) as refused:
        actions.open_posting(person=world.people["outsider"], actor=SYSTEM, at=AT, **values)

    assert refused.value.code == code


def test_a_user_name_is_taken_once(world: World) -> None:
    with pytest.raises(Problem) as refused:
        actions.create_person(username="liaison", name="x", actor=SYSTEM, at=AT)

    assert refused.value.code == "access.username_taken"


def test_a_one_time_password_replaces_the_old_one(world: World) -> None:
    actions.change_person(person=world.people["leader"], password="another-synthetic-1", actor=SYSTEM, at=AT)

    person = Person.objects.get(username="leader")
    assert (person.check_password(PASSWORD), person.check_password("another-synthetic-1")) == (False, True)
    assert person.must_change_password
