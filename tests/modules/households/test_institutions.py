"""Institutions are places with capacity and safety checks: nobody is ever placed in one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from mulian.core.access.models import Person, Placement
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions.institutions import (
    Premises,
    change_institution,
    note_check,
    register_institution,
)
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.models import Institution, SafetyCheck
from mulian.modules.households.queries.institutions import dues, institutions
from tests.world import AT, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)


def school(world: World, **given: Any) -> UUID:
    values = {
        "kind": "school",
        "area": VILLAGE,
        "premises": Premises(name_zh="合成小学", capacity=120),
        **given,
    }
    return register_institution(actor=world.actor("village_lead"), at=AT, **values)


def late(id: UUID, day: date = TODAY) -> list[str]:
    row = Institution.unscoped.because("a test looks").get(id=id)
    return [due.entry.code for due in dues([row])[id] if due.late(day)]


def test_what_was_never_checked_is_due_and_a_sound_check_lasts_its_months(world: World) -> None:
    id, lead = school(world), world.actor("village_lead")
    before = late(id)
    for code, days in (("fire", 0), ("flood", 30), ("building", 400), ("food", 10)):
        note_check(
            institution=id, code=code, sound=code != "food", done_on=TODAY - days * DAY, actor=lead, at=AT
        )

    assert before == ["fire", "flood", "building", "food"]
    assert late(id) == ["building", "food"]
    assert late(id, date(2027, 5, 22)) == ["fire", "building", "food"]
    note_check(institution=id, code="fire", sound=False, done_on=TODAY - 90 * DAY, actor=lead, at=AT)
    assert late(id) == ["building", "food"], "told late, it is history"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "palace"}, "households.institution"),
        ({"area": VILLAGE[:9]}, "not_found"),
        ({"area": VILLAGE2}, "not_found"),
        ({"premises": Premises(name_zh=" ")}, "households.institution"),
        ({"premises": Premises(name_zh="合成", capacity=-1)}, "households.institution"),
    ],
)
def test_what_is_no_institution_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as refused:
        school(world, **given)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("given", "code"),
    [({"code": "hygiene"}, "households.check_unknown"), ({"done_on": TODAY + DAY}, "households.in_future")],
)
def test_what_is_no_check_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    id = school(world)
    with pytest.raises(Problem) as refused:
        values = {"code": "fire", "sound": True, **given}
        note_check(institution=id, actor=world.actor("village_lead"), at=AT, **values)
    assert (refused.value.code, SafetyCheck.unscoped.because("a test looks").count()) == (code, 0)


def test_g1_a_household_is_never_placed_in_an_institution(world: World) -> None:
    """Not by a move, not as a camp; and no table of the register leads from a person to one."""
    id, near = school(world, kind="monastery"), world.households["near"]
    for given in ({"camp": id}, {"area": str(id)}):
        with pytest.raises(Problem):
            actions.move_household(household=near, kind=MoveKind.CAMP, actor=SYSTEM, at=AT, **given)

    leading = {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Institution
    }
    assert leading == {("SafetyCheck", "institution")}
    assert set(Placement.objects.filter(subject_id=id).values_list("subject_kind", "area")) == {
        ("institution", VILLAGE)
    }
    assert {field.name for field in Institution._meta.concrete_fields} == {
        "id", "kind", "name_zh", "name_bo", "area", "lat", "lon", "capacity", "phone", "rev", "created_at", "closed_at",
    }  # fmt: skip


def test_each_sees_those_of_its_own_area(world: World) -> None:
    id = school(world)
    seen = {
        who: institutions(world.actor(who), AT).filter(id=id).exists()
        for who in (
            "liaison",
            "village_lead",
            "village_lead2",
            "township_officer",
            "leader",
            "outsider",
            "auditor",
        )
    }
    assert [who for who, sees in seen.items() if sees] == ["village_lead", "township_officer", "leader"]


def test_by_form_from_the_list_to_the_check(world: World) -> None:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "bo"})
    client.force_login(Person.objects.get(id=world.people["village_lead"]))
    made = client.post(
        "/households/institutions/new/",
        {"kind": "clinic", "area": VILLAGE, "name_zh": "合成卫生院", "capacity": "12"},
    )
    address = made.headers["Location"]
    checked = client.post(f"{address}check/", {"code": "fire", "sound": "no", "found": "灭火器过期"})
    wrong = client.post(f"{address}check/", {"code": "food", "sound": "yes"})
    page = client.get(address).content.decode()

    assert (made.status_code, checked.status_code, wrong.status_code) == (302, 302, 422)
    assert "灭火器过期" in page
    assert "合成卫生院" in client.get("/households/institutions/").content.decode()
    closed = client.post(f"{address}change/", {"name_zh": "合成卫生院", "closed": "on"})
    assert closed.status_code == 302
    assert "合成卫生院" not in client.get("/households/institutions/").content.decode()
    assert list(Event.objects.filter(subject_kind="institution").order_by("id").values_list("name", flat=True)) == [
        "households.institution_registered", "households.institution_checked", "households.institution_changed",
    ]  # fmt: skip


def test_nobody_else_changes_one(world: World) -> None:
    id = school(world)
    for who in ("liaison", "grid_head", "village_lead2", "leader", "outsider"):
        with pytest.raises(Problem) as refused:
            change_institution(institution=id, premises=Premises(name_zh="x"), actor=world.actor(who), at=AT)
        assert refused.value.status == 404
