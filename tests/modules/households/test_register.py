"""Registering, changing, closing, qualification and hand-over; every stored field has a class."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.apps import apps

from mulian.core.access.models import Posting
from mulian.core.events.models import Event, EventPrivate
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import PROBLEMS, Problem
from mulian.modules.households import actions, public, queries
from mulian.modules.households.actions import Details
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.events import HouseholdMoved
from mulian.modules.households.models import Household, Member
from mulian.modules.households.models.classes import CLASSES, PURPOSES
from mulian.modules.households.queries.capacity import capacity_of, grids_of
from tests.world import (
    AT,
    FAR,
    GRID,
    GRID2,
    GRID_TOWN,
    VILLAGE,
    VILLAGE2,
    World,
    add_household,
)

REFUSED = ("ethnic", "nation", "religio", "faith", "party", "politic", "identity", "score", "rank", "watch")


def test_every_field_has_a_class() -> None:
    found = {
        model.__name__: {field.name for field in model._meta.concrete_fields}
        for model in apps.get_app_config("households").get_models()
    }

    assert {name: set(classes) for name, classes in CLASSES.items()} == found
    sensitive = {
        f"{model}.{name}" for model, names in CLASSES.items() for name, c in names.items() if c == "S3"
    }
    assert sensitive == set(PURPOSES)


def test_no_field_is_one_that_is_refused() -> None:
    names = [name for classes in CLASSES.values() for name in classes]

    assert [name for name in names if any(word in name for word in REFUSED)] == []


def test_a_family_s_places_never_stay_in_the_log_for_good() -> None:
    assert HouseholdMoved.personal >= {"from_area", "to_area", "camp"}


def test_numbers_run_on_in_each_village(world: World) -> None:
    made = [
        actions.register_household(name="合成", village=village, actor=SYSTEM, at=AT).number
        for village in (VILLAGE, VILLAGE2, VILLAGE)
    ]

    assert made == ["204200-0005", "204201-0002", "204200-0006"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "households.name_needed"),
        ({"village": "632623204"}, "not_found"),
        ({"village": "nonsense"}, "not_found"),
        ({"residing": f"{VILLAGE}G099"}, "areas.unknown"),
        ({"language": "fr"}, "households.language"),
        ({"members": [MemberChange(name="")]}, "households.member"),
        ({"members": [MemberChange(name="x", birth_year=2027)]}, "households.member"),
        ({"members": [MemberChange(name="x")] * 41}, "households.too_many_members"),
    ],
)
def test_what_cannot_be_registered_is_refused(world: World, given: dict[str, object], code: str) -> None:
    values = {"name": "合成", "village": VILLAGE, **given}
    before = Event.objects.count()

    with pytest.raises(Problem) as refused:
        actions.register_household(actor=world.actor("village_lead"), at=AT, **values)  # type: ignore[arg-type]

    assert refused.value.code == code
    assert Event.objects.count() == before


def test_only_the_village_s_own_people_register(world: World) -> None:
    for username in ("liaison", "village_lead2", "outsider", "county_duty", "administrator"):
        with pytest.raises(Problem) as refused:
            actions.register_household(name="合成", village=VILLAGE, actor=world.actor(username), at=AT)
        assert refused.value.status == 404


def test_registering_the_same_id_twice_is_a_conflict(world: World) -> None:
    with pytest.raises(Problem) as refused:
        add_household("near", VILLAGE, GRID, AT)

    assert refused.value.code == "households.exists"


def test_load_of_a_grid_area_warns_and_refuses_nothing(world: World) -> None:
    loads = []
    for i in range(12):
        done = actions.register_household(
            name=f"合成{i}", village=VILLAGE, residing=GRID2, actor=world.actor("village_lead"), at=AT
        )
        loads += [(one.households, one.load.value) for one in done.warnings]

    assert loads == [(2, "few"), (3, "few"), (4, "few"), (13, "many")]
    capacity = capacity_of(GRID2, AT)
    assert capacity is not None
    assert asdict(capacity) == {
        "area": GRID2, "load": "many", "households": 13, "liaisons": 1, "low": 5, "high": 12,
    }  # fmt: skip
    assert [(row.area.code, row.capacity.load.value) for row in grids_of(VILLAGE, AT)] == [
        (GRID, "few"),
        (GRID2, "many"),
    ]


def test_change_names_its_fields_and_keeps_their_values_out_of_the_log(world: World) -> None:
    near = world.households["near"]

    rev = actions.update_household(
        household=near,
        details=Details(name="合成改", phone=" 000-7 ", language="zh-hans"),
        members=[MemberChange(name="合成添", relation=Relation.CHILD)],
        actor=world.actor("liaison"),
        at=AT,
    )
    again = actions.update_household(
        household=near, details=Details(phone="000-7"), actor=world.actor("liaison"), at=AT
    )

    event = Event.objects.filter(subject_id=near, name="households.changed").get()
    assert (rev, again) == (2, 2)
    assert event.data == {"what": ["language", "members", "name", "phone"]}
    assert event.fields == ["language", "members", "name", "phone"]
    assert not EventPrivate.objects.filter(event=event.id).exists()
    assert public.find("合成添", world.actor("village_lead"), AT)[0].id == near
    assert public.find("合成添", world.actor("outsider"), AT) == []


def test_closed_household_leaves_lists_and_takes_no_more_changes(world: World) -> None:
    near = world.households["near"]

    actions.close_household(household=near, reason="并户", actor=world.actor("village_lead"), at=AT)

    assert near not in {row.id for row in queries.visible(world.actor("village_lead"), AT)}
    assert public.find("204200-0001", world.actor("village_lead"), AT) == []
    with pytest.raises(Problem) as refused:
        actions.update_household(
            household=near, details=Details(phone="1"), actor=world.actor("village_lead"), at=AT
        )
    assert refused.value.code == "households.closed"


def test_members_of_another_household_cannot_be_reached(world: World) -> None:
    foreign = Member.unscoped.filter(household=world.households["next"]).first()
    assert foreign is not None

    with pytest.raises(Problem) as refused:
        actions.update_household(
            household=world.households["near"],
            members=[MemberChange(id=foreign.id, name="x")],
            actor=world.actor("liaison"),
            at=AT,
        )

    assert refused.value.code == "households.member"
    assert Member.unscoped.get(id=foreign.id).household_id == world.households["next"]


def test_only_qualified_people_take_a_grid_area_over(world: World) -> None:
    lead = world.actor("village_lead")
    with pytest.raises(Problem) as refused:
        actions.assign_liaison(area=GRID, person=world.people["liaison3"], actor=lead, at=AT)

    actions.qualify(person=world.people["liaison3"], area=VILLAGE, basis="neighbour", actor=lead, at=AT)
    actions.qualify(person=world.people["liaison3"], area=VILLAGE, basis="neighbour", actor=lead, at=AT)
    actions.assign_liaison(area=GRID, person=world.people["liaison3"], actor=lead, at=AT)

    assert refused.value.code == "households.not_qualified"
    assert [one.person for one in public.liaisons_serving(GRID, AT)] == [world.people["liaison3"]]
    assert (
        Event.objects.filter(name="households.liaison_qualified", subject_id=world.people["liaison3"]).count()
        == 2
    )


def test_a_second_liaison_may_serve_beside(world: World) -> None:
    lead = world.actor("village_lead")

    actions.assign_liaison(area=GRID, person=world.people["liaison2"], actor=lead, at=AT, beside=True)
    actions.assign_liaison(area=GRID, person=world.people["liaison2"], actor=lead, at=AT, beside=True)

    assert {one.person for one in public.liaisons_serving(GRID, AT)} == {
        world.people["liaison"],
        world.people["liaison2"],
    }
    assert Posting.objects.filter(area=GRID).count() == 2


@pytest.mark.parametrize(
    ("username", "area", "code"),
    [
        ("village_lead2", GRID, "not_found"),
        ("liaison", GRID, "not_found"),
        ("village_lead", VILLAGE, "households.grid_needed"),
        ("village_lead", f"{VILLAGE}G099", "households.grid_needed"),
        ("village_lead", GRID_TOWN, "not_found"),
    ],
)
def test_hand_over_stays_inside_one_s_village(world: World, username: str, area: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.assign_liaison(area=area, person=world.people["liaison2"], actor=world.actor(username), at=AT)

    assert refused.value.code == code


def test_dual_household_is_seen_in_both_places_and_nowhere_else(world: World) -> None:
    dual = world.households["dual"]

    seen = {name for name in world.people if public.may_see(dual, world.actor(name), AT)}

    assert seen == {
        "liaison_town",
        "town_lead",
        "grid_head",
        "village_lead",
        "village_deputy",
        "township_officer",
        "county_duty",
        "county_duty2",
        "leader",
    }
    assert public.brief([dual], world.actor("town_lead"), AT)[dual].area == GRID_TOWN
    assert public.brief([dual], world.actor("outsider"), AT) == {}
    assert public.liaisons_serving(FAR, AT) == []
    assert [one.area for one in public.liaisons_at(dual, AT)] == [GRID_TOWN]
    assert public.grid_of(dual, AT) == GRID_TOWN


def test_household_is_read_only_through_a_scope() -> None:
    with pytest.raises(Exception, match="visible_to"):
        Household.objects.all()


def test_problems_of_the_register_say_what_to_do() -> None:
    own = {code: meaning for code, meaning in PROBLEMS.items() if code.startswith("households.")}

    assert len(own) >= 12
    assert all(meaning.title.endswith(".") and meaning.next_step.endswith(".") for meaning in own.values())
