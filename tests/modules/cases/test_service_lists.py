"""Service lists: one department, one purpose, one end; liaisons mark their own families, and nobody else reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from mulian.core.events.models import Event, EventPrivate
from mulian.core.packs import load
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.listed import follow_listed, mark_family
from mulian.modules.cases.actions.service_lists import end_list, make_list, read_list, sweep_lists
from mulian.modules.cases.domain.purposes import Line, Mark, lines
from mulian.modules.cases.models import ListedFamily, ServiceList
from mulian.modules.cases.queries.service_lists import lists
from mulian.modules.households.actions import Asked, decide_request, move_household, take_request
from mulian.modules.households.actions.telling import Fact, tell
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.models import Household, Member
from mulian.modules.households.seed.cast import accounts
from tests.modules.cases.conftest import later
from tests.world import AT, COUNTY, GRID_TOWN, TOWN, Cast, World, add_person
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")
UNTIL = date(2026, 12, 20)
LABOUR = Cast("labour", Role.DEPARTMENT_OFFICER, COUNTY, "dept.labour")
ELSEWHERE = (
    "transport",
    "county_duty",
    "leader",
    "auditor",
    "administrator",
    "township_officer",
    "village_lead",
)


@pytest.mark.parametrize("county", ["gande", "dari", "zhiduo", "haiyan"])
def test_every_demo_has_an_account_of_a_department_that_may_keep_a_list(county: str) -> None:
    pack = load(county)
    keepers = {unit for purpose in pack.part("services")["purpose"] for unit in purpose["departments"]}
    officers = [each.unit for each in accounts(pack) if each.role is Role.DEPARTMENT_OFFICER]
    assert (officers[0], keepers & set(officers)) == ("dept.transport", {"dept.labour"})


@dataclass
class Office:
    """The department of labour of the cast."""

    world: World

    def make(self, by: str = "labour", **said: Any) -> ServiceList:
        said = {"id": uuid7(AT), "purpose": "pension_unpaid", "area": COUNTY, "until": UNTIL, **said}
        return make_list(actor=self.world.actor(by), at=AT, **said)

    def number(self, household: str) -> str:
        row = Household.unscoped.because("test").get(id=self.world.households[household])
        return str(row.number)

    def rows(self, made: ServiceList) -> dict[str, ListedFamily]:
        names = {id: name for name, id in self.world.households.items()}
        return {names[row.household]: row for row in ListedFamily.unscoped.because("test").filter(list=made)}

    def read(self, made: ServiceList, by: str = "labour", at: datetime = AT) -> Any:
        return read_list(id=made.id, actor=self.world.actor(by), at=at, language="zh-hans")


@pytest.fixture
def office(world: World) -> Office:
    world.people["labour"] = add_person(LABOUR, world.units, AT - timedelta(days=5))
    return Office(world)


@pytest.fixture
def made(office: Office) -> ServiceList:
    return office.make(lines="\n".join(office.number(name) for name in ("near", "near2", "dual")))


def refused(act: Any, code: str) -> None:
    with pytest.raises(Problem) as found:
        act()
    assert found.value.code == code


def test_a_list_by_hand_holds_just_those_families(office: Office, made: ServiceList) -> None:
    assert set(office.rows(made)) == {"near", "near2", "dual"}
    assert (made.unit.code, made.until) == ("dept.labour", datetime(2026, 12, 21, tzinfo=CN))
    view = office.read(made)
    assert [(each.number, each.mark) for each in view.families] == sorted(
        ((office.number(name), Mark.OPEN) for name in ("near", "near2", "dual")),
        key=lambda pair: {each.number: each.area for each in view.families}[pair[0]] + pair[0],
    )
    assert (view.title, view.all, view.done) == ("本年养老金未缴或未领", 3, 0)


def test_a_member_is_named_beside_the_number(office: Office) -> None:
    made = office.make(lines=f"户号,姓名\n{office.number('near')}，合成老人near\n")
    [row] = office.rows(made).values()
    assert row.member is not None
    assert Member.unscoped.because("test").get(id=row.member).name == "合成老人near"
    assert [(each.name, each.member) for each in office.read(made).families] == [
        ("合成户主near", "合成老人near")
    ]


def test_a_plain_fact_chooses_whom_it_holds_of_today(office: Office) -> None:
    world = office.world
    unpaid: dict[str, UUID] = {}
    for name, said in (("near", False), ("near2", True), ("dual", False)):
        row = Household.unscoped.because("test").get(id=world.households[name])
        elder = Member.unscoped.because("test").get(household=row, birth_year=1950).id
        with transaction.atomic():
            tell(row, [Fact(code="cover.pension_paid", value=said, member=elder)], actor=SYSTEM, at=AT)
        unpaid |= {name: elder} if not said else {}
    made = office.make(fact="cover.pension_paid", said=False)
    assert {name: row.member for name, row in office.rows(made).items()} == unpaid
    here = office.make(fact="cover.pension_paid", said=False, area=TOWN)
    assert set(office.rows(here)) == {"dual"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"by": "transport", "lines": "1"}, "cases.no_purpose"),
        ({"purpose": "loyalty", "lines": "1"}, "cases.no_purpose"),
        ({"purpose": "health_unpaid", "lines": "1"}, "cases.no_purpose"),
        ({"text": "重点人员名单", "lines": "1"}, "cases.refused_purpose"),
        ({"text": "list of monks", "lines": "1"}, "cases.refused_purpose"),
        ({"text": "ནག་ཐོ", "lines": "1"}, "cases.refused_purpose"),
        ({"until": date(2026, 11, 22), "lines": "1"}, "cases.list_days"),
        ({"until": date(2027, 1, 24), "lines": "1"}, "cases.list_days"),
        ({"fact": "livelihood.income"}, "cases.list_fact"),
        ({"fact": "cover.pension_paid"}, "cases.list_empty"),
        ({"lines": "\n \n"}, "cases.list_empty"),
        ({"lines": "999999"}, "cases.list_unknown"),
        ({"area": "632624", "lines": "1"}, "cases.list_where"),
        ({"by": "leader", "lines": "1"}, "forbidden"),
        ({"by": "county_duty", "lines": "1"}, "forbidden"),
    ],
)
def test_what_may_not_be_a_list(office: Office, said: dict[str, Any], code: str) -> None:
    refused(lambda: office.make(**said), code)
    assert not ServiceList.unscoped.because("test").exists()


def test_the_line_that_names_nobody_is_named(office: Office) -> None:
    text = f"{office.number('near')}\n\n{office.number('near2')},合成老人near"
    with pytest.raises(Problem) as found:
        office.make(lines=text)
    assert (found.value.code, found.value.params) == ("cases.list_unknown", {"line": 3})


def test_nobody_but_the_department_reads_it(office: Office, made: ServiceList) -> None:
    for who in ELSEWHERE:
        actor = office.world.actor(who)
        refused(lambda: office.read(made, who), "not_found" if who == "transport" else "forbidden")  # noqa: B023
        assert lists(actor, AT, "zh-hans") == []
    assert not Event.objects.filter(name="cases.list_read").exists()
    assert [each.id for each in lists(office.world.actor("labour"), AT, "zh-hans")] == [made.id]


def test_every_reading_stands_in_the_log_with_its_purpose(office: Office, made: ServiceList) -> None:
    for _ in range(2):
        office.read(made)
    found = Event.objects.filter(name="cases.list_read", subject_id=made.id)
    assert [(row.actor, row.data["purpose"], row.data["families"]) for row in found] == [
        (office.world.people["labour"], "pension_unpaid", 3)
    ] * 2


def test_liaisons_get_their_own_families_and_their_marks_roll_up(office: Office, made: ServiceList) -> None:
    near, town = (
        Phone(office.world, "liaison", of=("listed",)),
        Phone(office.world, "liaison_town", of=("listed",)),
    )
    near.pull(), town.pull()
    rows = office.rows(made)
    held = near.held["listed", str(made.id)]
    assert {row["household"] for row in held["rows"]} == {
        str(rows[name].household) for name in ("near", "near2")
    }
    assert (held["from"], held["until"]) == (made.unit.name("bo"), made.until.isoformat(timespec="seconds"))
    assert [row["household"] for row in town.held["listed", str(made.id)]["rows"]] == [
        str(rows["dual"].household)
    ]
    done = near.send("cases.mark_listed", {"row": str(rows["near"].id), "mark": "done"})
    other = town.send("cases.mark_listed", {"row": str(rows["dual"].id), "mark": "cannot", "why": "人在外地"})
    foreign = near.send("cases.mark_listed", {"row": str(rows["dual"].id), "mark": "done"})
    assert [(row.state, row.code) for row in (done, other, foreign)] == [
        ("applied", ""), ("applied", ""), ("refused", "not_found"),
    ]  # fmt: skip
    view = office.read(made, at=later(minutes=1))
    assert view.counts == {Mark.OPEN: 1, Mark.DONE: 1, Mark.NOT_YET: 0, Mark.CANNOT: 1}
    assert {each.number: (each.mark, each.why) for each in view.families}[office.number("dual")] == (
        "cannot",
        "人在外地",
    )
    assert [(each.all, each.done) for each in view.villages] == [(1, 0), (2, 1)]
    near.pull(later(minutes=2))
    marks = {row["id"]: row.get("mark") for row in near.held["listed", str(made.id)]["rows"]}
    assert marks == {str(rows["near"].id): "done", str(rows["near2"].id): None}


def test_what_cannot_be_done_needs_a_reason(office: Office, made: ServiceList) -> None:
    row = office.rows(made)["near"]
    actor = office.world.actor("liaison")
    refused(lambda: mark_family(row=row.id, mark=Mark.CANNOT, actor=actor, at=AT, why=" "), "cases.list_why")
    for _ in range(2):
        mark_family(row=row.id, mark=Mark.NOT_YET, actor=actor, at=AT)
    assert Event.objects.filter(name="cases.list_marked").count() == 1


@pytest.mark.parametrize("who", ["village_lead", "labour", "county_duty", "grid_head"])
def test_only_a_liaison_marks(office: Office, made: ServiceList, who: str) -> None:
    row, actor = office.rows(made)["near"], office.world.actor(who)
    refused(lambda: mark_family(row=row.id, mark=Mark.DONE, actor=actor, at=AT), "forbidden")


def test_after_its_day_it_cannot_be_read_and_its_families_are_swept(
    office: Office, made: ServiceList
) -> None:
    phone = Phone(office.world, "liaison")
    phone.pull()
    row = office.rows(made)["near"]
    mark_family(row=row.id, mark=Mark.DONE, actor=office.world.actor("liaison"), at=AT)
    last = made.until - timedelta(minutes=1)
    assert office.read(made, at=last).all == 3
    assert sweep_lists(last) == 0
    over = made.until
    refused(lambda: office.read(made, at=over), "cases.list_over")
    refused(
        lambda: mark_family(
            row=row.id, mark=Mark.DONE, actor=office.world.actor("liaison"), at=over, why="x"
        ),
        "cases.list_over",
    )
    assert (sweep_lists(over), sweep_lists(over)) == (1, 0)
    assert not ListedFamily.unscoped.because("test").exists()
    [after] = lists(office.world.actor("labour"), over, "zh-hans")
    assert (after.over, after.counts[Mark.DONE], after.all, after.families) == (True, 1, 3, [])
    phone.pull(over)
    assert ("listed", str(made.id)) not in phone.held
    told = Event.objects.get(name="cases.list_ended")
    assert (told.data["because"], told.data["totals"]["done"]) == ("over", 1)
    assert "household" not in told.data


def test_its_department_ends_it_early_and_nobody_else(office: Office, made: ServiceList) -> None:
    refused(lambda: end_list(id=made.id, actor=office.world.actor("transport"), at=AT), "not_found")
    for _ in range(2):
        end_list(id=made.id, actor=office.world.actor("labour"), at=AT)
    assert not ListedFamily.unscoped.because("test").exists()
    assert Event.objects.filter(name="cases.list_ended").count() == 1


def test_the_same_form_twice_is_one_list(office: Office) -> None:
    id = uuid7(AT)
    for _ in range(2):
        assert office.make(id=id, lines=office.number("near")).id == id
    assert ListedFamily.unscoped.because("test").count() == 1


def test_a_family_that_moves_takes_its_line_along(office: Office, made: ServiceList) -> None:
    phones = {who: Phone(office.world, who) for who in ("liaison", "liaison_town")}
    for phone in phones.values():
        phone.pull()
    household = office.world.households["near"]
    move_household(household=household, kind=MoveKind.RESIDING, area=GRID_TOWN, actor=SYSTEM, at=AT)
    event = Event.objects.filter(name="households.moved").latest("id")
    with transaction.atomic():
        follow_listed(event, now=later(minutes=1))
    for phone in phones.values():
        phone.pull(later(minutes=2))
    key = ("listed", str(made.id))
    assert [row["household"] for row in phones["liaison"].held[key]["rows"]] == [
        str(office.world.households["near2"])
    ]
    assert {row["household"] for row in phones["liaison_town"].held[key]["rows"]} == {
        str(household), str(office.world.households["dual"]),
    }  # fmt: skip


def test_a_restricted_family_leaves_the_lists_made_before(office: Office, made: ServiceList) -> None:
    world, near = office.world, office.world.households["near"]
    phone = Phone(world, "liaison", of=("listed",))
    phone.pull()
    head = Member.unscoped.because("test").filter(household=near).order_by("position")[0]
    asked = Asked(kind=Kind.RESTRICT, by=head.id, known_by="本人认识")
    row = take_request(id=uuid7(AT), household=near, asked=asked, actor=world.actor("village_lead"), at=AT)
    decide_request(
        request=row.id, allow=True, reason="家里要求", actor=world.actor("township_officer"), at=AT
    )
    with transaction.atomic():
        follow_listed(Event.objects.get(name="households.restricted"), now=later(minutes=1))
    phone.pull(later(minutes=2))

    held = phone.held["listed", str(made.id)]["rows"]
    assert [one["household"] for one in held] == [str(world.households["near2"])]
    view = office.read(made, at=later(minutes=2))
    assert ({each.number for each in view.families}, view.all) == (
        {office.number(name) for name in ("near2", "dual")}, 3,
    )  # fmt: skip
    marking = mark_family(
        row=office.rows(made)["near2"].id, mark=Mark.DONE, actor=world.actor("liaison"), at=AT
    )
    assert marking.mark == Mark.DONE
    refused(
        lambda: mark_family(
            row=office.rows(made)["near"].id,
            mark=Mark.DONE,
            actor=world.actor("liaison"),
            at=later(minutes=2),
        ),
        "not_found",
    )


def test_a_mark_keeps_the_family_out_of_the_plain_log(office: Office, made: ServiceList) -> None:
    row = office.rows(made)["near"]
    mark_family(row=row.id, mark=Mark.CANNOT, actor=office.world.actor("liaison"), at=AT, why="人在外地")
    event = Event.objects.get(name="cases.list_marked")
    assert set(event.data) & {"household", "why"} == set()
    assert EventPrivate.objects.get(event=event.id).values == {
        "household": str(row.household),
        "why": "人在外地",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("户号,姓名\nGD-1,扎西", [Line("GD-1", "扎西", 2)]),
        ("GD-1\nGD-1\n\nGD-2", [Line("GD-1", "", 1), Line("GD-2", "", 4)]),
        ("\ufeffGD-1，卓玛\r\nGD-1\t扎西", [Line("GD-1", "卓玛", 1), Line("GD-1", "扎西", 2)]),
        ('"GD-1","扎西, 大"', [Line("GD-1", "扎西, 大", 1)]),
    ],
)
def test_what_is_pasted_or_uploaded(text: str, found: list[Line]) -> None:
    assert lines(text) == found


def test_unknown_ids_do_not_exist(office: Office) -> None:
    nowhere = UUID(int=7)
    refused(lambda: end_list(id=nowhere, actor=office.world.actor("labour"), at=AT), "not_found")
    refused(
        lambda: mark_family(row=nowhere, mark=Mark.DONE, actor=office.world.actor("liaison"), at=AT),
        "not_found",
    )
