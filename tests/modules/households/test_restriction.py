"""A family that had the use of its record restricted is in nothing that leaves or lists (PIPL 44)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.forms.queries.entities import entity_lists
from mulian.modules.households import actions
from mulian.modules.households.actions import Asked, Fact, exporting, importing
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.domain.returning import Mark
from mulian.modules.households.models import Export, Household, ImportLine, Member
from mulian.modules.households.queries import exporting as queries
from mulian.modules.households.queries import listed, returning
from mulian.modules.households.queries.freshness import turns
from mulian.modules.households.web.export_making import make_due
from tests.modules.households.importing.bringing import applied, compared, line, states
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db
WHY = "a test looks"


def restrict(world: World) -> UUID:
    """Asked, allowed, and so restricted; answers the request's id."""
    near = world.households["near"]
    speaker = Member.unscoped.because(WHY).filter(household=near).order_by("position")[0]
    asked = Asked(kind=Kind.RESTRICT, by=speaker.id, known_by="本人认识")
    lead, officer = world.actor("village_lead"), world.actor("township_officer")
    row = actions.take_request(id=uuid7(AT), household=near, asked=asked, actor=lead, at=AT)
    actions.decide_request(request=row.id, allow=True, reason="家里要求", actor=officer, at=AT)
    return row.id


def lift(world: World, request: UUID) -> None:
    actions.lift_restriction(request=request, actor=world.actor("village_lead"), at=AT)


def tell(world: World, code: str, value: Any, member: UUID | None = None) -> None:
    fact = Fact(code=code, value=value, member=member)
    actions.update_household(household=world.households["near"], facts=[fact], actor=SYSTEM, at=AT)


def home(world: World) -> Household:
    found: Household = Household.unscoped.because(WHY).get(id=world.households["near"])
    return found


def test_a_department_neither_finds_chooses_nor_names_it(world: World) -> None:
    near, number = world.households["near"], home(world).number
    elder = Member.unscoped.because(WHY).get(household=near, birth_year=1950).id
    tell(world, "cover.pension_paid", False, elder)

    def seen() -> tuple[bool, ...]:
        chosen = listed.with_fact("cover.pension_paid", VILLAGE, AT, yes=False, most=9)
        liaison = world.actor("liaison")
        return (
            number in listed.numbered([number], VILLAGE, AT),
            (near, elder) in chosen,
            (near, None) in listed.named([(near, None)], AT, "zh-hans"),
            near in listed.served_by(liaison, [near], AT),
            near in listed.usable([near], AT),
        )

    assert seen() == (True,) * 5
    request = restrict(world)
    assert seen() == (False,) * 5
    lift(world, request)
    assert seen() == (True,) * 5


def test_its_figures_are_not_used_upward_and_stand_there_as_unknown(world: World) -> None:
    tell(world, "livestock.yak", 40)
    yaks, homes = (
        Mark(sheet=0, cell="B1", figure=figure, area=VILLAGE)
        for figure in ("sum:livestock.yak", "households")
    )
    before, whole = returning.counted(yaks, AT), returning.counted(homes, AT)

    restrict(world)

    after = returning.counted(yaks, AT)
    assert (before.value, after.value, after.of) == (40, 0, before.of)
    assert after.unknown == before.unknown + 1
    assert returning.counted(homes, AT) == whole


def test_nobody_is_sent_to_ask_it_anew_and_no_other_program_lists_it(world: World) -> None:
    near, number = world.households["near"], home(world).number
    lead, liaison = world.actor("village_lead"), world.actor("liaison")

    def seen() -> tuple[bool, bool]:
        waiting = near in {turn.household.id for turn in turns(lead, AT, VILLAGE)}
        return waiting, any(number.encode() in one.csv for one in entity_lists(liaison, AT))

    assert seen() == (True, True)
    request = restrict(world)
    assert seen() == (False, False)
    lift(world, request)
    assert seen() == (True, True)


def test_another_offices_table_changes_nothing_of_it(world: World) -> None:
    lead, number = world.actor("village_lead"), home(world).number
    rows = [[number, "", "", "", "", "", "00099", ""]]
    looked_at = compared(rows, lead)
    request = restrict(world)

    row = applied(looked_at, lead)
    assert (states(row), line(row, 2).faults[-1][1]) == ([(2, "left")], "households.import_restricted")
    later = compared(rows, lead)
    assert (states(later), line(later, 2).faults) == (
        [(2, "wrong")], [[None, "households.import_restricted"]],
    )  # fmt: skip
    assert home(world).phone != "00099"
    lift(world, request)
    assert states(compared(rows, lead)) == [(2, "changed")]


def test_no_person_joins_a_doubtful_line_with_it(world: World) -> None:
    lead, name = world.actor("village_lead"), home(world).name
    row = compared([["", name, "恰曲纳合村", "", "", "", "00099", ""]], lead)
    head = ImportLine.objects.get(table=row, number=2)
    ImportLine.objects.filter(id=head.id).update(likest=[[str(world.households["near"]), 1.0]])
    restrict(world)

    with pytest.raises(Problem) as refused:
        importing.decide(
            table=row.id, line=2, answer="same", household=world.households["near"], actor=lead, at=AT
        )
    assert refused.value.code == "households.import_restricted"


def test_a_download_that_holds_it_ends_at_once(world: World) -> None:
    lead = world.actor("village_lead")
    row = exporting.ask_export(
        id=uuid7(AT), area=VILLAGE, purpose="核对", items=[], people=False, form="csv", days=3, actor=lead, at=AT
    )  # fmt: skip
    make_due(AT)
    assert Export.objects.get(id=row.id).state == "ready"

    restrict(world)

    with pytest.raises(Problem) as over:
        exporting.take_export(export=row.id, actor=lead, at=AT)
    assert over.value.code == "households.export_gone"
    assert Event.objects.get(name="households.request_decided").data["done"] == {
        "restricted": 1,
        "exports": 1,
    }


def test_a_download_being_made_meanwhile_is_not_handed_out_with_it(world: World) -> None:
    near = world.households["near"]
    before = queries.revisions([near, world.households["near2"]])
    tell(world, "dwelling.rooms", 4)
    assert not queries.taken_back(before, AT), "what is only told anew takes nothing back"

    request = restrict(world)
    assert queries.taken_back(before, AT)
    lift(world, request)
    assert not queries.taken_back(before, AT)

    speaker = Member.unscoped.because(WHY).filter(household=near).order_by("position")[0]
    asked = Asked(kind=Kind.DELETE, by=speaker.id, known_by="本人认识", target="facts")
    row = actions.take_request(
        id=uuid7(AT), household=near, asked=asked, actor=world.actor("village_lead"), at=AT
    )
    officer = world.actor("township_officer")
    actions.decide_request(request=row.id, allow=True, reason="家里要求", actor=officer, at=AT)
    assert queries.taken_back(before, AT)
    assert not queries.taken_back(queries.revisions([near]), AT), "made anew after it, it holds nothing of it"


@pytest.mark.parametrize(("language", "article"), [("zh-hans", "第十三条"), ("bo", "དོན་ཚན་13")])
def test_its_page_says_so_and_what_goes_on_by_which_article(
    world: World, language: str, article: str
) -> None:
    Person.objects.filter(id=world.people["village_lead"]).update(language=language)
    client = Client(headers={"Accept": "text/html", "Accept-Language": language})
    client.force_login(Person.objects.get(id=world.people["village_lead"]))
    address = f"/households/{world.households['near']}/"
    assert article not in client.get(address).content.decode()

    request = restrict(world)

    assert article in client.get(address).content.decode()
    assert article in client.get(f"/households/requests/{request}/slip/").content.decode()
