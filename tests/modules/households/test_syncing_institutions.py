"""Institutions on phones: whose duty holds them has them, a check told there counts and comes back to every phone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from mulian.core.access import devices
from mulian.core.access.models import Person
from mulian.modules.households.actions.institutions import Premises, change_institution
from mulian.modules.households.models import SafetyCheck
from tests.modules.households.test_institutions import TODAY, school
from tests.world import AT, World
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")


def phone_of(world: World, who: str) -> Phone:
    """Staff may have one too; the cast gives them to liaisons only."""
    if who not in world.devices:
        person = Person.objects.get(id=world.people[who])
        world.devices[who] = devices.add_device(person=person, token=world.token(who), at=AT).id
    return Phone(world, who)


def test_a_lead_and_no_liaison_holds_the_villages_institutions(world: World) -> None:
    id = str(school(world, premises=Premises(name_zh="合成小学", capacity=120, phone="000-0007")))
    held = {}
    for who in ("village_lead", "liaison", "outsider"):
        phone = Phone(world, who)
        phone.pull()
        held[who] = phone.held.get(("institution", id))

    lead = held.pop("village_lead")
    assert held == {"liaison": None, "outsider": None}
    assert lead is not None
    assert (lead["name"], lead["capacity"], lead["phone"], lead["inspects"], lead["kind"]["zh"]) == (
        {"zh": "合成小学"}, 120, "000-0007", True, "学校"
    )  # fmt: skip
    assert [sorted(check) for check in lead["checks"]] == [["code", "label"]] * 4


def test_a_check_from_a_phone_counts_and_comes_back(world: World) -> None:
    id, phone, other = school(world), phone_of(world, "village_lead"), phone_of(world, "village_lead")
    for each in (phone, other):
        each.pull()
    row = phone.send(
        "households.check", {"institution": str(id), "code": "fire", "sound": False, "found": "灭火器过期"}
    )
    for each in (phone, other):
        each.pull()

    check = SafetyCheck.unscoped.get()
    assert (row.state, row.refs, check.sound, check.found) == (
        "applied",
        {"institution": str(id)},
        False,
        "灭火器过期",
    )
    told = [phone.held["institution", str(id)]["checks"][0] for phone in (phone, other)]
    assert told[0] == told[1]
    assert (told[0]["done"], told[0]["sound"], "due" in told[0]) == (TODAY.isoformat(), False, True)


def test_a_closed_one_leaves_the_phone(world: World) -> None:
    id, phone = school(world), Phone(world, "village_lead")
    phone.pull()
    lead = world.actor("village_lead")
    change_institution(institution=id, premises=Premises(name_zh="合成小学"), closed=True, actor=lead, at=AT)
    phone.pull()
    assert ("institution", str(id)) not in phone.held


@pytest.mark.parametrize(
    ("who", "known", "code", "verdict"),
    [("liaison", True, "fire", "not_found"), ("outsider", True, "fire", "not_found"),
     ("village_lead", False, "fire", "not_found"), ("village_lead", True, "beds", "households.check_unknown")],
)  # fmt: skip
def test_what_may_not_be_is_refused(world: World, who: str, known: bool, code: str, verdict: str) -> None:
    id = school(world) if known else uuid4()
    row = phone_of(world, who).send("households.check", {"institution": str(id), "code": code, "sound": True})
    assert (row.state, row.code, SafetyCheck.unscoped.count()) == ("refused", verdict, 0)
