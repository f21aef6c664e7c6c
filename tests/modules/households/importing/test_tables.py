"""A table from its file to the register and back: nothing half, nothing twice, nothing joined without a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from mulian.core.access.models import Placement
from mulian.core.events.models import Event
from mulian.core.search.models import SearchEntry
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, queries
from mulian.modules.households.actions import Details, Fact, importing
from mulian.modules.households.actions.importing import applying
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.actions.retaining import forget_tables
from mulian.modules.households.models import Household, Import, ImportLine, Item, Member, Move
from mulian.modules.households.queries.register import true_on
from tests.modules.households.importing.bringing import TITLES, applied, compared, line, states, taken
from tests.world import AT, COUNTY, FAR, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db
WHY = "a test looks"


def near(world: World) -> Household:
    found: Household = Household.unscoped.because(WHY).get(id=world.households["near"])
    return found


def new_family(name: str = "才让新云", **more: str) -> list[list[str]]:
    village = more.get("village", "恰曲纳合村")
    return [
        ["", name, village, name, "户主", "1977-03", "00012345678", "40头"],
        ["", "", "", "卓玛新河", "妻", "１９８０", "", ""],
    ]


def register() -> dict[str, list[Any]]:
    """Everything that counts, without what every write adds (revision, search's time, ids of rows)."""

    def rows(model: type[Model], *names: str) -> list[Any]:
        manager: Any = getattr(model, "unscoped", model._default_manager)
        found = manager.because(WHY) if hasattr(manager, "because") else manager.all()
        return sorted(found.values_list(*names), key=str)

    return {
        "households": rows(Household, "id", "number", "name", "name_bo", "phone", "language", "closed_at"),
        "members": rows(Member, "id", "name", "name_bo", "birth_year", "relation", "phone", "gone_at"),
        "items": rows(Item, "household", "subject", "code", "amount", "word", "valid_from", "valid_to", "as_of"),
        "moves": rows(Move, "id", "household", "kind", "area"),
        "placements": rows(Placement, "subject_id", "area_id", "counts_as", "valid_from", "valid_to"),
        "search": rows(SearchEntry, "subject_id", "tokens"),
    }  # fmt: skip


def test_a_new_family_comes_with_members_facts_number_event_and_is_found(world: World) -> None:
    lead = world.actor("village_lead")
    row = applied(compared(new_family(), lead), lead)

    assert (row.state, row.counts) == ("done", {"applied": 1})
    home = Household.unscoped.because(WHY).get(name="才让新云")
    assert (home.number, home.phone) == ("204200-0005", "00012345678")
    people = Member.unscoped.because(WHY).filter(household=home)
    assert list(people.values_list("name", "relation", "birth_year", "speaks_for")) == [
        ("才让新云", "head", 1977, True), ("卓玛新河", "spouse", 1980, False),
    ]  # fmt: skip
    assert [(one.code, one.value) for one in true_on([home.id], AT.date())[home.id]] == [
        ("livestock.yak", 40)
    ]
    assert queries.areas_at(home.id, AT) == {"registered": VILLAGE, "residing": VILLAGE}
    assert [found.id for found in queries.ledger(lead, AT, text="卓玛新河")] == [home.id]
    assert Event.objects.filter(subject_id=home.id).values_list("name", "actor").get() == (
        "households.registered", lead.person,
    )  # fmt: skip


def test_a_known_family_changes_only_where_it_differs_and_shows_before_and_after(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    actions.update_household(
        household=home.id, facts=[Fact(code="livestock.yak", value=30)], actor=SYSTEM, at=AT
    )
    rows = [
        [home.number, home.name, "", "", "", "", "00099", "31"],
        [home.number, "", "", "新成员", "子", "2015", "", ""],
    ]
    row = compared(rows, lead)

    assert states(row) == [(2, "changed")]
    assert line(row, 2).change == [
        ["household.phone", 2, "", home.phone, "00099"],
        ["livestock.yak", 2, "", 30, 31],
        ["member.name", 3, "新成员", None, "新成员"],
        ["member.birth_year", 3, "新成员", None, 2015],
        ["member.relation", 3, "新成员", None, "child"],
    ]  # fmt: skip
    assert near(world).phone == home.phone
    applied(row, lead)
    assert near(world).phone == "00099"
    again = compared(rows, lead)
    assert states(again) == [(2, "known")]


def test_what_is_wrong_is_named_cell_by_cell_and_nothing_of_its_family_is_taken(world: World) -> None:
    lead = world.actor("village_lead")
    rows = [
        ["", "甲新云", "恰曲纳合村", "甲新云", "户主", "19xx", "", "40"],
        ["204200-0999", "乙", "", "", "", "", "", "1"],
        ["", "丙新云", "哇英村", "丙新云", "大王", "1980", "12", "-4"],
        ["", "", "恰曲纳合村", "丁新云", "户主", "1980", "", "1"],
    ]  # fmt: skip
    row = compared(rows, lead)

    assert states(row) == [(2, "wrong"), (3, "wrong"), (4, "wrong"), (5, "new")]
    assert [line(row, number).faults for number in (2, 3, 4)] == [
        [[5, "households.import_year"]],
        [[None, "households.import_unknown_number"]],
        [[4, "households.import_relation"], [6, "households.import_phone"], [7, "households.import_value"],
         [2, "households.import_place"]],
    ]  # fmt: skip
    assert applied(row, lead).counts == {"applied": 1, "wrong": 3}


def test_a_doubtful_family_waits_for_a_person_and_may_be_any_of_three(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    rows = [["", home.name, "恰曲纳合村", home.name, "户主", "", "", "7"]]
    row = compared(rows, lead)
    assert states(row) == [(2, "doubtful")]

    with pytest.raises(Problem) as undecided:
        importing.apply_table(table=row.id, actor=lead, at=AT)
    assert undecided.value.code == "households.import_undecided"
    for answer, household, state in (
        ("leave", None, "left"),
        ("new", None, "new"),
        ("same", home.id, "changed"),
    ):
        importing.decide(table=row.id, line=2, answer=answer, household=household, actor=lead, at=AT)
        assert states(row) == [(2, state)]
    with pytest.raises(Problem):
        importing.decide(table=row.id, line=2, answer="same", household=uuid7(), actor=lead, at=AT)
    applied(row, lead)
    assert [(one.code, one.value) for one in true_on([home.id], AT.date())[home.id]] == [("livestock.yak", 7)]


def test_a_table_taken_back_leaves_the_register_exactly_as_it_was(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    actions.update_household(
        household=home.id, facts=[Fact(code="livestock.yak", value=30)], actor=SYSTEM, at=AT
    )
    before = register()
    rows = [[home.number, "", "", "新成员", "子", "2015", "00099", "31"], *new_family()]
    row = applied(compared(rows, lead), lead)
    assert register() != before

    importing.undo_table(table=row.id, actor=lead, at=AT)
    work_on(AT)

    row.refresh_from_db()
    assert (row.state, row.counts) == ("undone", {"undone": 2})
    assert register() == before


def test_what_somebody_changed_since_stays_when_a_table_is_taken_back(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    row = applied(compared([[home.number, "", "", "", "", "", "00099", ""]], lead), lead)
    actions.update_household(household=home.id, details=Details(phone="00077"), actor=SYSTEM, at=AT)

    importing.undo_table(table=row.id, actor=lead, at=AT)
    work_on(AT)

    assert states(row) == [(2, "stayed")]
    assert near(world).phone == "00077"


def test_a_family_that_changed_since_somebody_looked_is_left(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    row = compared([[home.number, "", "", "", "", "", "00099", ""], *new_family()], lead)
    actions.update_household(household=home.id, details=Details(phone="00077"), actor=SYSTEM, at=AT)

    assert applied(row, lead).counts == {"applied": 1, "left": 1}
    assert near(world).phone == "00077"
    assert line(row, 2).faults == [[None, "households.import_moved_on"]]


def test_a_household_is_changed_by_one_step_and_one_event(world: World) -> None:
    lead, home = world.actor("village_lead"), near(world)
    row = applied(compared([[home.number, "", "", "新成员", "子", "2015", "00099", "31"]], lead), lead)

    log = Event.objects.filter(subject_id=home.id, name="households.changed")
    assert [event.data for event in log] == [{"what": ["items", "members", "phone"]}]
    assert (near(world).rev, line(row, 2).undo["rev"]) == (home.rev + 1, home.rev + 1)


def test_a_kill_in_the_middle_loses_nothing_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = world.actor("village_lead")
    rows = [one for at in range(5) for one in new_family(f"才让新{'云河草风雪'[at]}")]
    for at, one in enumerate(rows):
        one[6] = f"0001234{at:04d}"
    row = compared(rows, lead)
    monkeypatch.setattr(applying, "AT_ONCE", 2)
    importing.apply_table(table=row.id, actor=lead, at=AT)
    assert applying.apply_some(row, AT)
    with monkeypatch.context() as killed:
        killed.setattr(applying, "update_many", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            applying.apply_some(row, AT)

    work_on(AT)
    work_on(AT)

    row.refresh_from_db()
    assert (row.state, row.counts) == ("done", {"applied": 5})
    made = Household.unscoped.because(WHY).filter(name__startswith="才让新").order_by("number")
    assert list(made.values_list("number", flat=True)) == [f"204200-{n:04d}" for n in range(5, 10)]


def test_two_clerks_who_bring_one_sheet_at_once_register_each_family_once(world: World) -> None:
    lead, deputy = world.actor("village_lead"), world.actor("village_deputy")
    rows = [*new_family(), *new_family("南拉新河")]
    rows[2][6] = "00012345679"
    first, second = compared(rows, lead), compared(rows, deputy)
    assert (first.counts, second.counts) == ({"new": 2}, {"new": 2})

    applied(first, lead, AT + timedelta(minutes=1))
    with pytest.MonkeyPatch.context() as small:
        small.setattr(applying, "AT_ONCE", 1)
        row = applied(second, deputy, AT + timedelta(minutes=2))

    made = Household.unscoped.because(WHY).filter(name__in=("才让新云", "南拉新河"))
    assert (made.count(), row.counts) == (2, {"left": 2})
    assert line(row, 2).faults == [[None, "households.import_moved_on"]]


def test_a_sheet_s_own_families_of_one_name_are_no_reason_to_leave_one_out(world: World) -> None:
    rows = [*new_family(), *new_family(village="隆吉村")]
    rows[2][5], rows[2][6] = "1950", "00099999999"
    with pytest.MonkeyPatch.context() as small:
        small.setattr(applying, "AT_ONCE", 1)
        row = applied(compared(rows, SYSTEM, area=COUNTY), SYSTEM)
    assert row.counts == {"applied": 2}


def test_the_same_form_sent_twice_is_one_table(world: World) -> None:
    lead, id = world.actor("village_lead"), uuid7(AT)
    first = taken(new_family(), lead, id=id)
    again = taken(new_family(), lead, id=id)

    assert (first.id, Import.objects.count(), ImportLine.objects.count()) == (again.id, 1, 3)


def test_g1_refused_columns_and_what_means_nothing_are_never_kept(world: World) -> None:
    lead = world.actor("village_lead")
    titles = [*TITLES, "民族成分", "身份证号", "备注"]
    rows = [[*one, "甲乙丙", "11010519491231002X", "丁戊己 11010519491231002X"] for one in new_family()]
    row = taken(rows, lead, titles=titles)

    kept = str(list(ImportLine.objects.filter(table=row).values_list("cells", flat=True)))
    assert [(title, word) for _, _, title, word in row.refused] == [
        ("民族成分", "民族"),
        ("身份证号", "身份证"),
    ]
    assert "甲乙丙" not in kept
    assert "11010519491231002X" not in kept
    assert "丁戊己" in kept
    with pytest.raises(Problem) as forbidden:
        importing.map_columns(
            table=row.id, mapping={1: "household.name", 8: "household.phone"}, actor=lead, at=AT
        )
    assert forbidden.value.code == "households.import_forbidden"
    importing.map_columns(
        table=row.id, mapping={1: "household.name", 2: "household.village"}, actor=lead, at=AT
    )
    assert "丁戊己" not in str(
        list(ImportLine.objects.filter(table=row, number__gt=1).values_list("cells", flat=True))
    )


def test_meanings_are_remembered_by_source(world: World) -> None:
    lead = world.actor("village_lead")
    first = taken([["甲新云", "恰曲纳合村"]], lead, titles=["当家人", "哪里"])
    importing.map_columns(
        table=first.id, mapping={0: "household.name", 1: "household.village"}, actor=lead, at=AT
    )

    second = taken([["恰曲纳合村", "甲新云"]], lead, titles=["哪里", "当家人"])

    assert importing.mapping.suggested(second) == {0: "household.village", 1: "household.name"}


@pytest.mark.parametrize(("username", "area", "code"), [
    ("village_lead", VILLAGE2, "not_found"), ("liaison", VILLAGE, "not_found"), ("leader", COUNTY, "not_found"),
    ("auditor", COUNTY, "not_found"),
])  # fmt: skip
def test_g5_a_table_is_brought_for_one_s_own_area_only(
    world: World, username: str, area: str, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        taken(new_family(), world.actor(username), area=area)

    assert refused.value.code == code


def test_g5_another_area_s_table_does_not_exist(world: World) -> None:
    row = taken(new_family(), world.actor("village_lead"))

    for username in ("outsider", "village_lead2", "liaison", "leader"):
        with pytest.raises(Problem) as refused:
            importing.apply_table(table=row.id, actor=world.actor(username), at=AT)
        assert refused.value.code == "not_found"


def test_the_county_brings_tables_of_all_villages_and_cannot_reach_beyond(world: World) -> None:
    duty = world.actor("county_duty")
    rows = [*new_family("甲新云"), *new_family("乙新云", village="江千乡隆吉村")]
    rows[2][6] = "00055"
    row = applied(compared(rows, duty, area=COUNTY), duty)

    homes = Household.unscoped.because(WHY).filter(name__endswith="新云").order_by("name")
    found: dict[UUID, str] = {home.id: home.number[:6] for home in homes}
    assert (row.counts, sorted(found.values())) == ({"applied": 2}, ["204200", "204201"])
    assert FAR not in {place for home in homes for place in queries.areas_at(home.id, AT).values()}


def test_lines_are_forgotten_after_their_time(world: World) -> None:
    from datetime import timedelta

    lead = world.actor("village_lead")
    row = applied(compared(new_family(), lead), lead)

    assert forget_tables(AT + timedelta(days=29)) == 0
    assert forget_tables(AT + timedelta(days=31)) == 3
    assert Import.objects.get(id=row.id).counts == {"applied": 1}
