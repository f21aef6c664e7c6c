"""What the pages read: the inbox, the duty board, what can be chosen, what is next."""

from __future__ import annotations

import pytest
from django.utils import translation

from mulian.core.access import actions as access
from mulian.core.access.models import Posting
from mulian.core.search import index
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases import events, public
from mulian.modules.cases.actions import handing, sorting, steps
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.domain.receivers import Reason, Standing
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import duty, lists, offered
from mulian.modules.cases.queries.detail import detail
from mulian.modules.cases.queries.lists import Filter
from mulian.modules.cases.queries.timeline import DECIDED, SENTENCES
from mulian.modules.cases.queries.words import PROMISES, REASONS, STANDINGS, STATES, WHY_ME
from tests.modules.cases.conftest import Line, later
from tests.world import AT, COUNTY, VILLAGE, VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_inbox_shows_first_what_is_due_next(line: Line) -> None:
    old = line.report(household="near", at=later(days=-3))
    new = line.report(household="near")
    urgent = line.report(household="near", urgent=True)
    solved = line.report(household="near2", at=later(days=-5))
    line.act(steps.take, solved, "village_deputy")
    line.act(steps.solve, solved, "village_deputy", text="好了")
    actor = line.world.actor("village_deputy")
    assert lists.inbox(actor, AT).items == [urgent, old, new, solved]
    first = lists.inbox(actor, AT, limit=2)
    second = lists.inbox(actor, AT, limit=1, cursor=first.next)
    third = lists.inbox(actor, AT, limit=2, cursor=second.next)
    assert [*first.items, *second.items, *third.items] == [urgent, old, new, solved]
    assert third.next is None
    assert lists.inbox(actor, AT, Filter(urgent=True)).items == [urgent]
    assert lists.inbox(actor, later(days=5), Filter(overdue=True)).items == [urgent, old]
    assert lists.inbox(actor, AT, Filter(topic="road")).items == [urgent, old, new, solved]
    assert lists.inbox(actor, AT, Filter(topic="water")).items == []
    assert lists.to_take(actor, AT) == 3
    assert lists.inbox(line.world.actor("outsider"), AT).items == []


@pytest.mark.parametrize("many", [0, 4000])
def test_a_search_goes_by_words_and_by_the_beginning_of_a_number(
    line: Line, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """The same is found whether what is found is looked up or each case is asked."""
    for place in (lists, index):
        monkeypatch.setattr(place, "MANY", many)
    bridge, forage = line.report(text="村口的桥断了"), line.report(text="饲草不够 GD", at=later(hours=-1))
    actor = line.world.actor("county_duty")

    def found(text: str) -> list[Case]:
        return lists.inbox(actor, AT, Filter(text=text)).items

    assert found("桥") == [bridge]
    assert found("大象") == found("桥 饲草") == []
    assert found("GD") == [forage, bridge]
    assert found(bridge.number) == found(bridge.number[:-2].lower()) == [bridge]
    assert found(f"{bridge.number}9") == []


def test_closed_cases_leave_the_inbox(line: Line) -> None:
    case = line.report(household="near")
    for act, said in (
        (steps.take, {}),
        (steps.solve, {"text": "x"}),
        (steps.answer, {"text": "x"}),
        (steps.close, {}),
    ):
        line.act(act, case, "village_deputy", **said)
    actor = line.world.actor("village_deputy")
    assert lists.inbox(actor, AT).items == []
    assert lists.inbox(actor, AT, Filter(states=("closed",))).items == [case]


def test_the_board_alarms_until_somebody_takes_it(line: Line) -> None:
    actor = line.world.actor("county_duty")
    before = duty.board_number(actor, AT)
    case = line.report(household="near", urgent=True)
    ringing = duty.board(actor, AT)
    assert (ringing.alarms, ringing.newest, ringing.unprocessed) == ([case], [case], 0)
    assert ringing.number != before
    line.act(steps.take, case, "village_deputy")
    assert duty.board(actor, AT).alarms == []
    assert duty.board_number(actor, AT) != ringing.number
    assert duty.board_number(actor, AT) == duty.board_number(actor, later(seconds=1))
    assert [c.id for c in duty.board(actor, later(days=8)).overdue] == [case.id]
    assert duty.board(line.world.actor("village_deputy"), AT).newest == []


def test_gaps_are_listed(line: Line) -> None:
    def empty() -> set[str]:
        return {each.unit for each in duty.vacancies(line.world.actor("county_duty"), AT, "zh-hans")}

    unit = f"village:{VILLAGE2}"
    assert unit not in empty()
    access.close_posting(
        posting=Posting.objects.get(person=line.world.people["village_lead2"]).id, actor=SYSTEM, at=AT
    )
    assert unit in empty()


def test_units_offered_for_a_transfer(line: Line) -> None:
    case = line.report(household="near", about_person=line.world.people["village_lead2"])
    found = {code: kind for code, _, kind in offered.units_offered(case, AT, "zh-hans")}
    assert found["dept.transport"] == "department"
    assert f"village:{VILLAGE2}" not in found
    assert case.responsible_unit.code not in found


def test_the_one_next_action(line: Line) -> None:
    case = line.report(household="near")

    def next_for(username: str) -> tuple[str | None, bool, bool]:
        found = detail(case.id, line.world.actor(username), AT)
        assert found is not None
        return found.next.verb, found.next.responsible, found.next.urge

    assert next_for("village_deputy") == ("take", True, False)
    assert next_for("village_lead") == ("take", True, False)
    assert next_for("county_duty") == (None, False, True)
    assert next_for("auditor") == (None, False, False)
    line.act(steps.take, case, "village_deputy")
    assert next_for("village_deputy") == ("solve", True, False)
    line.act(handing.pass_up, case, "village_deputy")
    assert next_for("village_deputy") == (None, False, False)
    assert next_for("township_officer") == ("take", True, False)


def test_a_page_says_why_me(line: Line) -> None:
    case = line.report(household="near")
    line.act(sorting.set_urgent, case, "county_duty", reason="有人被困")
    found = detail(case.id, line.world.actor("county_duty"), AT, "en")
    assert found is not None
    assert found.mine is not None
    assert (found.mine.standing, found.mine.reason) == ("watching", "county_watches")
    assert found.responsible is not None
    assert found.responsible.unit == f"village:{VILLAGE}"
    assert {p.kind: p.state for p in found.promises} == {"solve": "running", "take": "running"}
    assert [entry.event for entry in found.timeline] == ["cases.reported", "cases.urgency_raised"]
    assert found.timeline[1].text == "有人被困"
    assert found.household is not None
    assert detail(case.id, line.world.actor("outsider"), AT) is None


def test_the_list_of_receivers_speaks_of_them_and_why_me_to_me(line: Line) -> None:
    case = line.report(household="near")
    with translation.override("en"):
        found = detail(case.id, line.world.actor("village_deputy"), AT)
    assert found is not None
    assert found.mine is not None
    assert (found.mine.why_me, found.mine.reason_words) == (
        "It happened where you serve",
        "It happened in their area",
    )
    assert [words for words in REASONS.values() if "you" in words.lower().split()] == []


def test_every_code_has_words() -> None:
    assert set(REASONS) == set(WHY_ME) == {each.value for each in Reason}
    assert set(STANDINGS) == {each.value for each in Standing}
    assert set(STATES) == {each.value for each in State}
    assert set(PROMISES) == {each.value for each in PromiseKind} - {PromiseKind.CANARY}
    told = [each for each in vars(events).values() if isinstance(each, type) and "name" in vars(each)]
    by_values = {
        "cases.feedback_given",
        "cases.content_decided",
        "cases.contact_tried",
        "cases.paper_moved",
        "cases.service_step",
        *(n for n, _ in DECIDED),
    }
    assert {each.name for each in told if each.subject_kind == "case"} == {*SENTENCES, *by_values}


def test_the_door_for_other_modules(line: Line) -> None:
    case = line.report(household="near")
    actor = line.world.actor("village_deputy")
    assert public.brief([case.id], actor, AT)[case.id].number == case.number
    assert [each.id for each in public.of_household(line.world.households["near"], actor, AT)] == [case.id]
    assert public.open_in(COUNTY, actor, AT) == 1
    assert public.brief([case.id], line.world.actor("outsider"), AT) == {}
