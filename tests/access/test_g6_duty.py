"""G6: a change of duty bites at the next request, and what left the scope leaves the phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access import actions as access
from mulian.core.access import actors, devices
from mulian.core.access.models import Person, Posting
from mulian.core.events import stamper
from mulian.core.registry import resolve, syncables
from mulian.core.sync import pulling
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM, Role
from mulian.modules.households.events import CATALOGUE
from tests.access import setting
from tests.access.setting import Setting
from tests.world import AT, FAR, GRID, GRID2

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def lead(made: Setting) -> Iterator[Client]:
    """The village lead, signed in before anything changes; a minute passes on the county's clock."""
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(username="village_lead"))
    assert client.get(_case(made)).status_code == 200
    with clock.use(clock.FixedClock(LATER)):
        yield client


def _case(made: Setting) -> str:
    return f"/cases/{made.own['case']}/"


def _close(made: Setting, username: str, at: datetime = LATER) -> None:
    for posting in Posting.objects.filter(person=made.world.people[username], valid_to__isnull=True):
        access.close_posting(posting=posting.id, actor=SYSTEM, at=at)


def test_g6_a_closed_duty_shuts_every_page_at_the_next_request(made: Setting, lead: Client) -> None:
    _close(made, "village_lead")

    addresses = [_case(made), f"/households/{made.own['household']}/", "/inbox/", "/households/", "/people/"]

    assert {address: lead.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 403)


def test_g6_a_duty_elsewhere_shows_the_new_place_and_hides_the_old(made: Setting, lead: Client) -> None:
    _close(made, "village_lead")
    _open(made, "village_lead", Role.VILLAGE_LEAD, FAR, f"village:{FAR}")

    assert lead.get(_case(made)).status_code == 404
    assert lead.get(f"/cases/{made.foreign['case']}/").status_code == 200
    assert lead.get(f"/files/{made.own['file']}").status_code == 404


def test_g6_a_program_loses_its_persons_duty_with_them(made: Setting) -> None:
    client = Client(headers={"Authorization": f"Bearer {made.world.api_token('village_lead')}"})
    assert client.get("/api/v1/cases").json()["items"] != []

    with clock.use(clock.FixedClock(LATER)):
        _close(made, "village_lead")
        assert client.get("/api/v1/cases").status_code == 403


def test_g6_a_login_switched_off_is_out_at_once(made: Setting, lead: Client) -> None:
    access.change_person(person=made.world.people["village_lead"], active=False, actor=SYSTEM, at=LATER)

    assert lead.get("/inbox/").status_code == 302


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_g6_a_duty_that_ends_by_its_date_ends_without_anybody_doing_anything(
    made: Setting, minutes: int
) -> None:
    """`valid_to` is the first moment the duty no longer holds, however long a process has known the person."""
    person, ends = made.world.people["village_lead"], AT + timedelta(hours=1)
    access.close_posting(posting=Posting.objects.get(person=person).id, actor=SYSTEM, at=AT)
    access.open_posting(
        person=person,
        role=Role.VILLAGE_LEAD,
        area=setting.VILLAGE,
        unit=made.world.units[f"village:{setting.VILLAGE}"],
        valid_to=ends,
        actor=SYSTEM,
        at=AT,
    )
    assert actors.actor_of(person, AT) is not None

    found = actors.actor_of(person, ends + timedelta(minutes=minutes))

    assert found is not None
    assert bool(found.postings) == (minutes < 0)


def _open(made: Setting, username: str, role: Role, area: str, unit: str | None = None) -> None:
    access.open_posting(
        person=made.world.people[username],
        role=role,
        area=area,
        unit=made.world.units[unit] if unit else None,
        actor=SYSTEM,
        at=LATER,
    )


@pytest.fixture
def pull(made: Setting) -> Callable[..., dict[str, set[UUID]]]:
    """`pull(at)`: what the liaison's phone is told since it last asked, ids by op."""
    state: dict[str, Any] = {"cursor": None}

    def ask(at: datetime) -> dict[str, set[UUID]]:
        while stamper.stamp(at):
            pass
        actor = made.world.actor("liaison", at)
        told: dict[str, set[UUID]] = {"put": set(), "patch": set(), "drop": set()}
        more = True
        while more:
            page = pulling.pull(actor, state["cursor"], at=at, limit=50)
            state["cursor"], more = page.cursor, page.more
            for change in page.changes:
                told[change.op].add(UUID(change.id))
        return told

    return ask


def test_g6_what_left_the_scope_leaves_the_phone(
    made: Setting, pull: Callable[..., dict[str, set[UUID]]]
) -> None:
    """Moved to the neighbouring grid area while the phone was away: old families out, new ones in."""
    held = pull(AT)["put"]
    near, next_door = (made.world.households[name] for name in ("near", "next"))
    assert near in held
    assert next_door not in held

    _close(made, "liaison")
    _open(made, "liaison", Role.LIAISON, GRID2)
    told = pull(LATER + timedelta(minutes=1))

    assert near in told["drop"]
    assert next_door in told["put"]
    now = made.world.actor("liaison", LATER + timedelta(minutes=1))
    in_scope = {id for s in syncables() for id in resolve(s.visible)(now, LATER + timedelta(minutes=1))}
    assert (held | told["put"]) - told["drop"] == in_scope


def test_g6_a_new_duty_tells_nothing_of_a_complaint_about_its_holder(
    made: Setting, pull: Callable[..., dict[str, set[UUID]]]
) -> None:
    """A complaint waits in the area the accused moves to: not even a drop names it."""
    accused = made.world.people["liaison"]
    complaint = setting.report(made.world, "liaison2", text="不按时走访", about_person=accused)
    pull(AT)

    _close(made, "liaison")
    _open(made, "liaison", Role.LIAISON, GRID2)

    assert complaint.id not in set().union(*pull(LATER + timedelta(minutes=1)).values())


def test_g6_a_liaison_without_a_duty_keeps_only_themselves(
    made: Setting, pull: Callable[..., dict[str, set[UUID]]]
) -> None:
    held = pull(AT)["put"]
    assert GRID in made.world.actor("liaison").areas

    _close(made, "liaison")
    told = pull(LATER + timedelta(minutes=1))

    # The words of the catalogue are everybody's and name nobody.
    assert held - told["drop"] == {made.world.people["liaison"], CATALOGUE}


def test_g6_a_revoked_phone_reads_no_file_at_the_next_request(made: Setting) -> None:
    client = Client(headers={"Authorization": f"Device {made.world.token('liaison')}"})
    address = f"/field/files/{made.own['file']}"
    assert client.get(address).status_code == 200

    devices.revoke(device=made.world.devices["liaison"], actor=SYSTEM, at=LATER)

    assert client.get(address).status_code == 403
