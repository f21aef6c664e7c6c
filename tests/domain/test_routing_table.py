"""Exactly who receives a case: one row each, sets compared whole."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mulian.modules.cases.domain.place import HouseholdPlaces
from mulian.modules.cases.domain.receivers import Standing
from tests.domain.county import (
    BEYOND,
    COUNTY,
    G1,
    G1B,
    T1,
    T2,
    TOWN,
    V1,
    V2,
    V3,
    V5,
    around,
    routed,
    staffing,
    who,
)  # fmt: skip

U1, U2, U3, U5 = (f"village:{code}" for code in (V1, V2, V3, V5))
UT, W1, W2, CC = f"village:{TOWN}", f"township:{T1}", f"township:{T2}", "county_centre"
H1, H1B, H2 = f"head {G1}", f"head {G1B}", f"head {V2}"
DUAL = HouseholdPlaces(registered=V1, residing=TOWN)
NEAR = HouseholdPlaces(registered=V1, residing=V3)
SAME = HouseholdPlaces(registered=V3, residing=V3)
GRIDS = HouseholdPlaces(registered=G1, residing=G1B)
MOVED = HouseholdPlaces(registered=V3, residing=TOWN, camp=V5)
OUTSIDE = HouseholdPlaces(registered=BEYOND, residing=TOWN)
AWAY = HouseholdPlaces(registered=V3, residing=BEYOND)
UNKNOWN = HouseholdPlaces(residing=TOWN)


@dataclass(frozen=True)
class Row:
    name: str
    area: str
    holder: str
    reason: str
    others: str
    topic: str | None = "road"
    home: HouseholdPlaces | None = None
    also: tuple[str, ...] = ()
    vacant: str = ""
    leave: str = ""
    about: str = ""
    persons: str = ""


def helper(*units: str) -> str:
    return " ".join(f"{unit}=helper" for unit in units)


C = f"{CC}=watching"
ROWS = [
    # the village and the county at once
    Row("village", V3, U3, "place", C),
    Row("village, no topic yet", V3, U3, "place", C, topic=None),
    Row("village, unknown topic", V3, U3, "place", C, topic="no.such"),
    Row("another township", V5, U5, "place", C),
    Row("community in town", TOWN, UT, "place", C),
    Row("thanks are received too", V3, U3, "place", C, topic="thanks"),
    Row("departments are not told by default", V3, U3, "place", C, topic="road.bridge"),
    # grid heads
    Row("grid area tells its head", G1, U1, "place", f"{C} {H1}=informed"),
    Row("the other grid tells the other head", G1B, U1, "place", f"{C} {H1B}=informed"),
    Row("village alone tells no grid below", V1, U1, "place", C),
    Row("head of the whole village", V2, U2, "place", f"{C} {H2}=informed"),
    Row("unknown grid of the village", f"{V2}G009", U2, "place", f"{C} {H2}=informed"),
    # levels known
    Row("township only", T1, W1, "known_to_township", C),
    Row("other township only", T2, W2, "known_to_township", C),
    Row("county alone", COUNTY, CC, "known_to_county", ""),
    Row("beyond the county", BEYOND, CC, "beyond_county", ""),
    Row("another township's village beyond", "990002100", CC, "beyond_county", ""),
    Row("a village without a unit goes to its township", f"{T1}299", W1, "place", C),
    Row("a township without a unit goes to the county", "990001900", CC, "known_to_township", ""),
    # two places
    Row("double event", V3, U3, "place", f"{C} {helper(U5)}", also=(V5,)),
    Row("double event in one village", G1, U1, "place", f"{C} {H1}=informed", also=(G1B,)),
    Row("double event tells the other head", V3, U3, "place", f"{C} {helper(U2)} {H2}=informed", also=(V2,)),
    Row("second place beyond the county", V3, U3, "place", C, also=(BEYOND,)),
    Row("triple event", V3, U3, "place", f"{C} {helper(U5, UT)}", also=(V5, TOWN)),
    # departments at once
    Row("animal disease", V3, U3, "place", f"{C} dept.vet=informed dept.farm=informed", topic="herd.disease"),
    Row("fire", V3, U3, "place", f"{C} dept.emergency=informed", topic="fire"),
    Row("fire known to the township", T1, W1, "known_to_township", f"{C} dept.emergency=informed", topic="fire"),
    Row("fire at an unknown place", COUNTY, CC, "known_to_county", "dept.emergency=informed", topic="fire"),
    Row("a parent topic tells no department", V3, U3, "place", C, topic="herd"),
    Row("an area tells its own department", V3, U3, "place", f"{C} dept.water=informed", topic="waste"),
    Row("elsewhere it does not", V5, U5, "place", C, topic="waste"),
    Row("vacant department stays told", V3, U3, "place", f"{C} dept.emergency=informed", topic="fire", vacant="dept.emergency"),
    # what belongs to a person
    Row("pension, dual management", V5, U1, "registered", f"{C} {helper(UT)}", topic="social.pension", home=DUAL),
    Row("parent topic follows the person too", V5, U1, "registered", f"{C} {helper(UT)}", topic="social", home=DUAL),
    Row("pension within one township", V5, U1, "registered", f"{C} {helper(U3)}", topic="social.pension", home=NEAR),
    Row("pension at home", V5, U3, "registered", C, topic="social.pension", home=SAME),
    Row("two grids of one village need no helper", V5, U1, "registered", f"{C} {H1}=informed", topic="social", home=GRIDS),
    Row("the camp does not count for a pension", V5, U3, "registered", f"{C} {helper(UT)}", topic="social", home=MOVED),
    Row("registered beyond, living here", TOWN, CC, "beyond_county", helper(UT), topic="social", home=OUTSIDE),
    Row("registered here, living beyond", V5, U3, "registered", C, topic="social", home=AWAY),
    Row("no register known: the place", TOWN, UT, "place", C, topic="social", home=UNKNOWN),
    Row("no household: the place", V3, U3, "place", C, topic="social.pension"),
    Row("a road follows the place, not the register", TOWN, UT, "place", C, home=DUAL),
    Row("no topic follows the place", TOWN, UT, "place", C, topic=None, home=DUAL),
    Row("a second place does not matter for a pension", V5, U1, "registered", f"{C} {helper(UT)}", topic="social", home=DUAL, also=(V2,)),
    # vacant posts
    Row("vacant village", V3, W1, "post_vacant", f"{C} {U3}=informed", vacant=U3),
    Row("vacant village and township", V3, CC, "post_vacant", f"{U3}=informed {W1}=informed", vacant=f"{U3} {W1}"),
    Row("nobody up to the county", V3, "leader", "post_vacant", f"{C} {U3}=informed {W1}=informed", vacant=f"{U3} {W1} {CC}"),
    Row("nobody at all", V3, CC, "post_vacant", f"{U3}=informed {W1}=informed", vacant=f"{U3}|{W1}|{CC}|leader|second leader"),
    Row("vacant county centre: a leader watches for it", V3, U3, "place", C, vacant=CC),
    Row("vacant township does not matter below", V3, U3, "place", C, vacant=W1),
    Row("township only, vacant", T1, CC, "post_vacant", f"{W1}=informed", vacant=W1),
    Row("vacant helper: its township helps", V5, U1, "registered", f"{C} {helper(W2)} {UT}=informed", topic="social", home=DUAL, vacant=UT),
    Row("vacant helper and township: the county watches anyway", V5, U1, "registered", f"{C} {W2}=informed {UT}=informed", topic="social", home=DUAL, vacant=f"{UT} {W2}"),
    Row("vacant owner of a dual case", V5, W1, "post_vacant", f"{C} {U1}=informed {helper(UT)}", topic="social", home=DUAL, vacant=U1),
    Row("both vacant in one township", V5, W1, "post_vacant", f"{C} {U1}=informed {U3}=informed", topic="social", home=NEAR, vacant=f"{U1} {U3}"),
    Row("vacant village, disease", V3, W1, "post_vacant", f"{C} {U3}=informed dept.vet=informed dept.farm=informed", topic="herd.disease", vacant=U3),
    Row("beyond the county, centre vacant", BEYOND, "leader", "post_vacant", f"{C}", vacant=CC),
    # leave and deputies
    Row("on leave with a deputy", V3, U3, "deputy", C, leave=f"{U3}>{U2}"),
    Row("on leave without a deputy", V3, W1, "post_vacant", f"{C} {U3}=informed", leave=U3),
    Row("the deputy is on leave too", V3, W1, "post_vacant", f"{C} {U3}=informed", leave=f"{U3}>{U2} {U2}"),
    Row("the deputy's deputy", V3, U3, "deputy", C, leave=f"{U3}>{U2} {U2}>{U5}"),
    Row("deputies in a circle", V3, W1, "post_vacant", f"{C} {U3}=informed", leave=f"{U3}>{U2} {U2}>{U3}"),
    Row("county duty on leave with a deputy", V3, U3, "place", C, leave=f"{CC}>{W1}"),
    Row("helper on leave with a deputy", V5, U1, "registered", f"{C} {helper(UT)}", topic="social", home=DUAL, leave=f"{UT}>{U5}"),
    Row("township on leave, village vacant", V3, CC, "post_vacant", f"{U3}=informed {W1}=informed", vacant=U3, leave=W1),
    # complaints
    Row("about the village", V3, W1, "conflict", C, topic="complaint", about=U3),
    Row("about the village head as a person", V3, W1, "conflict", C, topic="complaint", persons=U3),
    Row("about another village's head", V3, W1, "conflict", C, topic="complaint", persons=U2),
    Row("about the township: nobody below it is told", V3, CC, "conflict", "", topic="complaint", about=W1),
    Row("about the township, known to it only", T1, CC, "conflict", "", topic="complaint", about=W1),
    Row("about a township officer who is alone there", V3, CC, "conflict", "", topic="complaint", persons=W1),
    Row("about the county centre", V3, "leader", "conflict", "", topic="complaint", about=CC),
    Row("about the centre and a leader", V3, "second leader", "conflict", "", topic="complaint", about=CC, persons="leader"),
    Row("about the only duty officer", V3, "leader", "conflict", "", topic="complaint", persons=CC),
    Row("about a department", V3, CC, "conflict", "", topic="complaint", about="dept.transport"),
    Row("about a leader", V3, U3, "place", C, topic="complaint", persons="leader"),
    Row("about a grid head", G1, U1, "place", C, topic="complaint", persons=H1),
    Row("grid heads hear of no complaint", G1, W1, "conflict", C, topic="complaint", about=U1),
    Row("about the village, township vacant", V3, CC, "conflict", f"{W1}=informed", topic="complaint", about=U3, vacant=W1),
    Row("the deputy is the one complained about", V3, W1, "conflict", C, topic="complaint", persons=U2, leave=f"{U3}>{U2}"),
    Row("a department complained about is not told at once", V3, CC, "conflict", "", topic="fire", about="dept.emergency"),
    Row("about the helper's community", V5, W1, "conflict", f"{C} {W2}=helper", topic="social", home=DUAL, about=UT),
    Row("about the owner of a dual case", V5, W1, "conflict", f"{C} {W2}=helper", topic="social", home=DUAL, about=U1),
    Row("about the helper's township", V5, CC, "conflict", "", topic="social", home=DUAL, about=W2),
    Row("about an unknown unit", V3, U3, "place", C, topic="complaint", about="village:0"),
]  # fmt: skip


def _names(text: str) -> list[str]:
    return [name for name in (text.split("|") if "|" in text else text.split()) if name]


def _surroundings(row: Row):  # type: ignore[no-untyped-def]
    leave = {pair.partition(">")[0]: pair.partition(">")[2] or None for pair in row.leave.split()}
    persons = [row.persons] if row.persons in (H1, "leader") else _names(row.persons)
    return around(
        row.topic,
        staff=staffing(vacant=_names(row.vacant), leave=leave),
        about=_names(row.about),
        persons=persons,
    )


def _expected(text: str) -> dict[str, str]:
    for name in (H1, H1B, H2):
        text = text.replace(name, name.replace(" ", "_"))
    return {each.partition("=")[0].replace("_9", " 9"): each.partition("=")[2] for each in text.split()}


def test_the_table_has_at_least_eighty_rows_with_different_names() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) >= 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_receivers_are_exactly(row: Row) -> None:
    routing = routed(row.area, _surroundings(row), also=row.also, home=row.home)
    holder = routing.responsible
    assert (who(holder), holder.reason.value) == (row.holder, row.reason)
    others = {who(r): r.standing.value for r in routing.receivers if r.standing is not Standing.RESPONSIBLE}
    assert others == _expected(row.others)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_nobody_complained_about_receives_anything(row: Row) -> None:
    surroundings = _surroundings(row)
    routing = routed(row.area, surroundings, also=row.also, home=row.home)
    assert not {r.person for r in routing.receivers} & surroundings.accused.persons
    assert not {r.unit for r in routing.receivers} & surroundings.barred


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_vacant_unit_that_was_needed_is_listed(row: Row) -> None:
    routing = routed(row.area, _surroundings(row), also=row.also, home=row.home)
    told_without_person = {r.unit for r in routing.receivers if r.unit and r.person is None}
    assert told_without_person <= {gap.unit for gap in routing.gaps}
