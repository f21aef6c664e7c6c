"""Who gets a report, through the database: exactly these, in the same transaction, each with a reason."""

from __future__ import annotations

import pytest

from mulian.core.access import actions as access
from mulian.core.access import scope
from mulian.core.access.models import Placement
from mulian.core.access.models import Posting as PostingRow
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.cases.models import Promise
from tests.modules.cases.conftest import Line, later
from tests.world import AT, FAR, GRID, GRID_TOWN, TOWN, VILLAGE, VILLAGE2

CENTRE = ("county_centre", "county_duty", "watching", "county_watches")
HEAD = (VILLAGE, "grid_head", "informed", "grid_head")


def lead(
    username: str = "village_deputy", standing: str = "responsible", reason: str = "place"
) -> tuple[str, ...]:
    return (f"village:{VILLAGE}", username, standing, reason)


def test_a_report_reaches_village_and_county_at_once(line: Line) -> None:
    case = line.report(household="near")
    assert line.receivers(case) == {lead(), CENTRE, HEAD}
    assert (case.area_id, case.place_basis, case.topic) == (GRID, "residing", "road.bridge")
    assert case.responsible_person_id == line.world.people["village_deputy"]
    promises = list(Promise.objects.filter(case=case).values_list("kind", "state", "start", "due"))
    assert promises == [("solve", "running", AT, later(days=7))]
    assert Event.objects.filter(subject_id=case.id).values_list("name", flat=True).get() == "cases.reported"
    told = set(Notice.objects.filter(subject_id=case.id).values_list("person", flat=True))
    assert told == {line.world.people[name] for name in ("village_deputy", "county_duty", "grid_head")}


def test_the_one_with_fewest_open_cases_is_named(line: Line) -> None:
    first, second, third = (line.report(household="near") for _ in range(3))
    named = [c.responsible_person_id for c in (first, second, third)]
    people = line.world.people
    assert named[0] != named[1]
    assert set(named) == {people["village_lead"], people["village_deputy"]}


def test_the_one_on_duty_is_named_before_others(line: Line) -> None:
    unit, person = line.world.units[f"village:{VILLAGE}"], line.world.people["village_lead"]
    access.add_shift(
        unit=unit,
        person=person,
        kind="duty",
        starts=later(hours=-1),
        ends=later(hours=1),
        actor=SYSTEM,
        at=AT,
    )
    assert lead("village_lead") in line.receivers(line.report(household="near"))


def test_dual_management_registered_owns_and_residing_helps(line: Line) -> None:
    case = line.report(by="liaison_town", household="dual", text="老人的养老金没有到账")
    assert line.receivers(case) == {
        lead(reason="registered"),
        (f"village:{TOWN}", "town_lead", "helper", "residing"),
        CENTRE,
        HEAD,
    }
    assert case.area_id == VILLAGE


def test_what_happened_somewhere_follows_the_place_the_family_lives(line: Line) -> None:
    case = line.report(by="liaison_town", household="dual", text="水管冻裂了没有水")
    assert (f"village:{TOWN}", "town_lead", "responsible", "place") in line.receivers(case)
    assert case.area_id == GRID_TOWN


def test_a_named_village_wins_over_the_household(line: Line) -> None:
    case = line.report(household="near", text="隆吉村的桥断了")
    assert line.receivers(case) == {
        (f"village:{VILLAGE2}", "village_lead2", "responsible", "place"),
        CENTRE,
    }


def test_a_vacant_post_goes_up_with_the_reason_and_the_gap(line: Line) -> None:
    case = line.report(text="桥断了", area="632623204202")
    unit = "village:632623204202"
    assert ("township:632623204", "township_officer", "responsible", "post_vacant") in line.receivers(case)
    assert (unit, "", "informed", "post_vacant") in line.receivers(case)
    assert Event.objects.get(subject_id=case.id).data["gaps"] == [unit]


def test_leave_goes_to_the_deputy(line: Line) -> None:
    posts = PostingRow.objects.filter(unit=line.world.units[f"village:{VILLAGE2}"])
    access.set_leave(
        posting=posts.get().id, starts=later(days=-1), ends=later(days=1),
        deputy=line.world.people["village_lead"], actor=SYSTEM, at=AT,
    )  # fmt: skip
    case = line.report(text="桥断了", area=VILLAGE2)
    assert (f"village:{VILLAGE2}", "village_lead", "responsible", "deputy") in line.receivers(case)


def test_beyond_any_place_the_county_decides(line: Line) -> None:
    case = line.report(by="county_duty", text="路滑")
    assert line.receivers(case) == {("county_centre", "county_duty", "responsible", "known_to_county")}


def test_a_complaint_never_reaches_the_one_complained_about(line: Line) -> None:
    people = line.world.people
    case = line.report(text="办事拖拉", household="near", about_person=people["village_lead"])
    assert {name for _, name, _, _ in line.receivers(case)} == {"township_officer", "county_duty"}
    for username in ("village_lead", "village_deputy"):
        actor = line.world.actor(username)
        assert not scope.can(actor, "cases.view", kind="case", id=case.id, at=AT)
    assert scope.can(line.world.actor("liaison"), "cases.view", kind="case", id=case.id, at=AT)


def test_a_complaint_about_the_county_centre_goes_to_a_leader(line: Line) -> None:
    case = line.report(text="没人接电话", about_unit=line.world.units["county_centre"])
    assert {name for _, name, _, _ in line.receivers(case)} == {"leader"}
    assert not scope.can(line.world.actor("county_duty"), "cases.view", kind="case", id=case.id, at=AT)


def test_an_animal_disease_tells_its_departments_at_once(line: Line) -> None:
    case = line.report(household="near", text="牛羊口蹄疫死了很多")
    told = {unit for unit, _, standing, reason in line.receivers(case) if reason == "department_at_once"}
    assert told == {"dept.veterinary", "dept.agriculture"}


def test_a_foreign_household_is_refused(line: Line) -> None:
    with pytest.raises(Problem) as refused:
        line.report(household="beyond")
    assert refused.value.code == "cases.foreign_household"


def test_the_same_id_again_is_the_same_case(line: Line) -> None:
    case = line.report(household="near")
    again = line.report(household="near", id=case.id)
    assert (again.id, Promise.objects.filter(case=case).count()) == (case.id, 1)
    with pytest.raises(Problem) as refused:
        line.report(by="village_lead", id=case.id)
    assert refused.value.code == "not_found"


def test_where_it_counts(line: Line) -> None:
    case = line.report(by="liaison_town", household="dual", text="水管冻裂了没有水")
    rows = Placement.objects.filter(subject_kind="case", subject_id=case.id)
    assert set(rows.values_list("area_id", "counts_as")) == {
        (TOWN, "handling"),
        ("632623", "handling"),
        (VILLAGE, "registered"),
        (GRID_TOWN, "residing"),
        (GRID_TOWN, "reported"),
    }


def test_the_outsider_sees_nothing(line: Line) -> None:
    case = line.report(household="near")
    outsider = line.world.actor("outsider")
    assert outsider.areas == (FAR,)
    assert not scope.can(outsider, "cases.view", kind="case", id=case.id, at=AT)
