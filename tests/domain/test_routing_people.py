"""Which person of a unit is named, and why it is always the same one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.handing import (
    above,
    leaders,
    levels_above,
    may_return,
    receiver_in,
    report_up,
    returned_to,
    supervisor,
)  # fmt: skip
from mulian.modules.cases.domain.receivers import (
    Reason,
    Receiver,
    Standing,
    hand_over,
    join,
    reroute,
    responsible,
)  # fmt: skip
from mulian.modules.cases.domain.staffing import Level, Officer, Unit
from mulian.modules.cases.domain.topics import Here, Topic
from tests.domain.county import COUNTY, T1, T2, V1, V3, V5, around, person, routed, staffing, who

U3, W1, CC = f"village:{V3}", f"township:{T1}", "county_centre"


def officer(name: str, **values: object) -> Officer:
    fresh = Officer(person=person(name), role=Role.TOWNSHIP_OFFICER, area=T1, unit=W1)
    return replace(fresh, **values)  # type: ignore[arg-type]


def holder(*more: Officer, topic: str = "road", persons: tuple[str, ...] = (), **facts: object) -> Receiver:
    staff = staffing(more=more, **facts)  # type: ignore[arg-type]
    return routed(T1, around(topic, staff=staff, persons=persons)).responsible


def test_the_one_on_duty_comes_first() -> None:
    assert holder(officer("busy", on_duty=True), open_cases={"busy": 40}).person == person("busy")


def test_else_the_one_with_fewest_open_cases() -> None:
    busy, free = officer("busy"), officer("free")
    assert holder(busy, free, vacant=(W1,), open_cases={"busy": 3, "free": 1}).person == person("free")


def test_equal_loads_always_give_the_same_person() -> None:
    one, other = officer("one"), officer("other")
    assert holder(one, other, vacant=(W1,)) == holder(other, one, vacant=(W1,))


def test_competence_for_the_topic_goes_before_load() -> None:
    roads = officer("roads", topics=frozenset({"road"}))
    herds = officer("herds", topics=frozenset({"herd"}))
    found = holder(roads, herds, topic="road.bridge", vacant=(W1,), open_cases={"roads": 9})
    assert found.person == person("roads")


def test_a_post_is_not_empty_because_nobody_holds_the_topic() -> None:
    herds = officer("herds", topics=frozenset({"herd"}))
    assert holder(herds, topic="road", vacant=(W1,)).person == person("herds")


def test_somebody_present_goes_before_a_deputy() -> None:
    found = holder(officer("present"), leave={W1: U3}, open_cases={"present": 50})
    assert (found.person, found.reason) == (person("present"), Reason.KNOWN_TO_TOWNSHIP)


def test_a_deputy_is_named_with_whom_they_stand_in_for() -> None:
    found = routed(V3, around(staff=staffing(leave={U3: W1}))).responsible
    assert (found.person, found.deputises_for, found.role) == (person(W1), person(U3), Role.VILLAGE_LEAD)


def test_a_complaint_about_one_of_two_officers_goes_to_the_other() -> None:
    found = holder(officer("colleague"), persons=(W1,))
    assert (who_unit(found), found.person) == (W1, person("colleague"))


def test_a_complaint_about_an_officer_is_never_judged_below_their_unit() -> None:
    staff = staffing(more=[officer("colleague")])
    found = routed(V3, around("complaint", staff=staff, persons=[W1]))
    assert [who(each) for each in found.receivers] == [W1, CC]
    assert found.responsible.reason is Reason.CONFLICT


def test_a_complaint_about_the_leader_of_a_unit_bars_the_unit() -> None:
    head = officer("township leader", role=Role.LEADER)
    found = routed(V3, around("complaint", staff=staffing(more=[head]), persons=["township leader"]))
    assert [who(each) for each in found.receivers] == [CC]


def who_unit(receiver: Receiver) -> str | None:
    return receiver.unit


@given(st.permutations(list(staffing().officers)))
def test_the_order_of_the_staff_changes_nothing(shuffled: list[Officer]) -> None:
    usual = staffing()
    mixed = type(usual).of(usual.units.values(), shuffled)
    for area in (V1, V5, T2, COUNTY):
        one, other = routed(area, around(staff=usual)), routed(area, around(staff=mixed))
        assert one.responsible == other.responsible
        assert set(one.receivers) == set(other.receivers)


@pytest.mark.parametrize(
    ("level", "topic", "vacant", "expected"),
    [
        (Level.VILLAGE, "road", (), W1),
        (Level.VILLAGE, "road", (W1,), CC),
        (Level.TOWNSHIP, "road", (), CC),
        (Level.COUNTY, "road", (), "dept.transport"),
        (Level.COUNTY, "road.bridge", ("dept.transport",), "dept.water"),
        (Level.COUNTY, "herd", (), "leader"),
        (Level.COUNTY, None, (), "leader"),
        (Level.DEPARTMENT, "road", (), "leader"),
        (None, "road", (), U3),
    ],
)
def test_passing_up_reaches_the_next_who_is_there(
    level: Level | None, topic: str | None, vacant: tuple[str, ...], expected: str
) -> None:
    found = above(level, V3, around(topic, staff=staffing(vacant=vacant)))
    assert (who(found), found.standing) == (expected, Standing.RESPONSIBLE)


def test_above_a_leader_there_is_nobody() -> None:
    with pytest.raises(Problem) as refused:
        above(Level.LEADER, V3, around())
    assert refused.value.code == "cases.nobody_above"


def test_passing_up_passes_by_the_one_complained_about() -> None:
    assert who(above(Level.VILLAGE, V3, around("complaint", about=[W1]))) == CC


def test_a_leader_comes_last_in_any_order_of_levels() -> None:
    orders = (Level.VILLAGE, Level.LEADER, Level.COUNTY)
    assert levels_above(Level.VILLAGE, orders) == (Level.COUNTY, Level.LEADER)


@pytest.mark.parametrize("unit", ["no.such", U3])
def test_a_transfer_needs_a_unit_that_may_and_can_take_it(unit: str) -> None:
    with pytest.raises(Problem) as refused:
        receiver_in(unit, around(about=[U3]))
    assert refused.value.code == "cases.unit_unsuitable"


def test_a_transfer_to_a_vacant_unit_is_refused() -> None:
    with pytest.raises(Problem, match="unit_unsuitable"):
        receiver_in(U3, around(staff=staffing(vacant=[U3])))


@pytest.mark.parametrize(
    ("sender", "returns", "expected", "reason"),
    [
        (W1, 0, W1, Reason.RETURNED),
        (None, 0, CC, Reason.RETURNED),
        (W1, 1, CC, Reason.SECOND_RETURN),
        ("no.such", 0, CC, Reason.RETURNED),
    ],
)
def test_a_return_goes_to_the_sender_and_the_second_to_the_county(
    sender: str | None, returns: int, expected: str, reason: Reason
) -> None:
    found = returned_to(sender=sender, returns=returns, area=V3, around=around())
    assert (who(found), found.reason) == (expected, reason)


def test_a_sender_nobody_staffs_or_complained_about_gives_way_to_the_county() -> None:
    for where in (around(staff=staffing(vacant=[W1])), around(about=[W1])):
        assert who(returned_to(sender=W1, returns=0, area=V3, around=where)) == CC


def test_a_fault_while_the_sender_is_looked_up_is_not_taken_for_a_vacant_post() -> None:
    class Unreadable(dict[str, Unit]):
        """Facts whose reading failed, as a busy database says it."""

        def get(self, *_: object) -> Unit:
            raise Problem("overloaded")

    here = around()
    here = replace(here, staffing=replace(here.staffing, units=Unreadable(here.staffing.units)))
    with pytest.raises(Problem, match="overloaded"):
        returned_to(sender=W1, returns=0, area=V3, around=here)


def test_a_return_to_a_vacant_county_goes_to_a_leader_and_to_no_department() -> None:
    found = returned_to(sender=None, returns=1, area=V3, around=around(staff=staffing(vacant=[CC])))
    assert who(found) == "leader"


def test_the_county_decides_and_does_not_return() -> None:
    first = routed(V3).responsible
    centre = routed(COUNTY).responsible
    assert [may_return(first, returns=n) for n in range(3)] == [True, True, False]
    assert not may_return(centre, returns=0)


def test_a_result_of_the_village_is_told_to_township_and_county() -> None:
    told = report_up(routed(V3).responsible, V3, around())
    assert [(who(each), each.standing) for each in told] == [(W1, Standing.INFORMED), (CC, Standing.INFORMED)]


def test_a_supervisor_is_found_where_no_department_fits() -> None:
    found = supervisor(Level.DEPARTMENT, V3, around("herd"), reason=Reason.OVERDUE)
    assert found is not None
    assert (who(found), found.standing) == ("leader", Standing.WATCHING)


def test_leaders_on_duty_and_all_leaders() -> None:
    assert [who(each) for each in leaders(around(), on_duty=True)] == ["leader"]
    assert {who(each) for each in leaders(around(), on_duty=False)} == {"leader", "second leader"}
    assert [who(each) for each in leaders(around(persons=["leader"]), on_duty=True)] == ["second leader"]


def test_handing_over_leaves_the_earlier_one_informed_and_the_county_watching() -> None:
    first = routed(V3).receivers
    second = hand_over(first, above(Level.VILLAGE, V3, around()))
    third = hand_over(second, above(Level.TOWNSHIP, V3, around()))
    fourth = hand_over(third, receiver_in("dept.water", around()))
    assert {who(r): r.standing.value for r in fourth} == {
        "dept.water": "responsible", CC: "watching", W1: "informed", U3: "informed",
    }  # fmt: skip


def test_joining_makes_nobody_responsible_and_shows_the_new_reason() -> None:
    county = supervisor(Level.COUNTY, V3, around(), reason=Reason.OVERDUE)
    assert county is not None
    after = join(routed(V3).receivers, county)
    assert {who(r): r.reason for r in after} == {U3: Reason.PLACE, CC: Reason.OVERDUE}
    with pytest.raises(ValueError, match="hand_over"):
        join(after, above(Level.VILLAGE, V3, around()))


def test_a_new_place_brings_new_receivers_and_keeps_earlier_ones_informed() -> None:
    after = reroute(routed(V3).receivers, routed(V5).receivers, keep_owner=False)
    assert {who(r): r.standing.value for r in after} == {
        f"village:{V5}": "responsible", U3: "informed", CC: "watching",
    }  # fmt: skip


def test_a_case_already_handed_on_keeps_its_owner_when_the_topic_changes() -> None:
    passed = hand_over(routed(V3).receivers, above(Level.VILLAGE, V3, around()))
    after = reroute(passed, routed(V3, around("fire")).receivers, keep_owner=True)
    assert who(responsible(after)) == W1
    assert {who(r) for r in after} == {W1, U3, CC, "dept.emergency"}


def test_the_named_person_stays_while_the_unit_stays() -> None:
    earlier = routed(T1).receivers
    busier = staffing(more=[officer("fresh", on_duty=True)])
    after = reroute(earlier, routed(T1, around("fire", staff=busier)).receivers, keep_owner=False)
    assert responsible(after).person == person(W1)


def test_a_deputy_who_is_complained_about_does_not_stand_in() -> None:
    staff = staffing(leave={U3: f"head {V1}G001"})
    found = routed(V3, around("complaint", staff=staff, persons=[f"head {V1}G001"]))
    assert (who(found.responsible), found.responsible.reason) == (W1, Reason.POST_VACANT)


def test_the_nearest_area_says_which_departments_are_asked() -> None:
    wide, near = Here(areas=("990001",), departments=("a",)), Here(areas=(T1,), departments=("b",))
    topic = Topic(code="waste", departments=("z",), overrides=(wide, near))
    assert [topic.in_area(each).departments for each in (V1, V5, "63")] == [("b",), ("a",), ("z",)]
