"""Waits, more time and supervision on the case page: buttons only for who may, marks in the inbox, a leader's page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.modules.cases.actions import extending, pausing, steps, supervising, urging
from mulian.modules.cases.models import Attempt, Case, Extension, Pause, Promise, Supervision
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.web.conftest import HTMX, SignIn

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


@pytest.fixture
def taken(line: Line) -> Case:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    return case


def offers(sign_in: SignIn, who: str, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = sign_in(who).get(f"/cases/{case.id}/").context["around"]
    return found.wanted, found.offers


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (LEAD, ("contact", "interim", "extend", "attempt")),
        ("county_duty", ("contact", "interim", "attempt")),
        ("leader", ("contact", "interim", "attempt", "supervise")),
        ("liaison", ()),
        ("auditor", ()),
    ],
)
def test_buttons_are_for_who_may(
    line: Line, taken: Case, sign_in: SignIn, who: str, expected: tuple[str, ...]
) -> None:
    assert offers(sign_in, who, taken) == ((), expected)


def test_what_waits_for_a_decision_stands_first_for_who_decides(
    line: Line, taken: Case, sign_in: SignIn
) -> None:
    line.act(extending.ask, taken, LEAD, days=5, reason="等构件")
    line.act(pausing.wait, taken, LEAD, code="season", until=later(days=10))
    line.act(supervising.demand, taken, "leader", text="说明进展")
    assert offers(sign_in, "township_officer", taken)[0] == ("decide-extension", "decide-wait")
    assert offers(sign_in, LEAD, taken)[0] == ("reply",)
    html = sign_in("township_officer").get(f"/cases/{taken.id}/").content.decode()
    assert "asks for 5 more days:" in html
    assert html.index("step-decide-extension") < html.index('id="next"')


def test_from_the_form_to_the_decision_by_hand(line: Line, taken: Case, sign_in: SignIn) -> None:
    url = f"/cases/{taken.id}/steps"
    lead, above = sign_in(LEAD), sign_in("township_officer")
    lead.post(f"{url}/extend/", {"days": "5", "reason": "等构件"}, headers=HTMX)
    above.post(f"{url}/decide-extension/", {"granted": "yes", "reason": ""}, headers=HTMX)
    assert Extension.objects.get().state == "granted"
    lead.post(f"{url}/contact/", {"how": "visit", "reached": "no", "text": ""}, headers=HTMX)
    lead.post(f"{url}/attempt/", {"text": "材料不合"}, headers=HTMX)
    assert list(Attempt.objects.order_by("id").values_list("how", "reached")) == [
        ("visit", False),
        ("work", False),
    ]
    lead.post(f"{url}/wait/", {"code": "weather", "reason": "", "until_day": "2026-11-24"}, headers=HTMX)
    assert (Pause.objects.get().code, Pause.objects.get().asked_until) == ("weather", None)
    leader = sign_in("leader")
    leader.post(f"{url}/supervise/", {"text": "说明进展", "days": "3"}, headers=HTMX)
    lead.post(f"{url}/reply/", {"text": "周五完工"}, headers=HTMX)
    leader.post(f"{url}/accept/", {"text": ""}, headers=HTMX)
    assert Supervision.objects.get().stage == "accepted"


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("extend", {"days": "99", "reason": "等构件"}),
        ("extend", {"days": "x", "reason": "等构件"}),
        ("wait", {"code": "weather", "reason": "", "until_day": "2027-11-24"}),
        ("wait", {"code": "", "reason": "", "until_day": ""}),
        ("contact", {"how": "letter", "reached": "yes"}),
        ("attempt", {"text": ""}),
    ],
)
def test_what_is_wrong_comes_back_in_the_form_with_what_was_typed(
    line: Line, taken: Case, sign_in: SignIn, verb: str, sent: dict[str, str]
) -> None:
    answer = sign_in(LEAD).post(f"/cases/{taken.id}/steps/{verb}/", sent, headers=HTMX)
    assert answer.status_code == 422
    assert sent.get("reason", "") in answer.content.decode()


def test_the_inbox_marks_what_is_urged_supervised_and_asked(line: Line, taken: Case, sign_in: SignIn) -> None:
    line.act(urging.urge, taken, "county_duty")
    line.act(supervising.demand, taken, "leader", text="说明进展")
    line.act(extending.ask, taken, LEAD, days=5, reason="等构件")
    other = line.report(household="near")
    rows = {row.case.id: [m.word for m in row.marks] for row in sign_in(LEAD).get("/inbox/").context["rows"]}
    assert rows == {taken.id: ["supervised", "urged", "asks for time"], other.id: []}


def test_the_leaders_page_and_its_empty_state(line: Line, taken: Case, sign_in: SignIn) -> None:
    leader = sign_in("leader")
    assert "Nothing is supervised" in leader.get("/supervised/").content.decode()
    line.act(supervising.demand, taken, "leader", text="三天内说明进展")
    html = leader.get("/supervised/").content.decode()
    assert taken.number in html
    assert "三天内说明进展" in html
    assert sign_in(LEAD).get("/supervised/").status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_no_english_stands_on_these_pages(line: Line, taken: Case, sign_in: SignIn, language: str) -> None:
    line.act(extending.ask, taken, LEAD, days=5, reason="等构件")
    line.act(pausing.wait, taken, LEAD, code="season", until=later(days=10))
    line.act(supervising.demand, taken, "leader", text="说明进展")
    pages = [
        sign_in("township_officer", language).get(f"/cases/{taken.id}/"),
        sign_in("leader", language).get("/supervised/"),
        sign_in("administrator", language).get("/policy/"),
    ]
    for page in pages:
        text = page.content.decode()
        for word in ("Supervised", "more days", "Decide", "Demand", "Promises", "Waiting"):
            assert word not in text


def test_the_policy_page_previews_and_applies(line: Line, taken: Case, sign_in: SignIn) -> None:
    administrator = sign_in("administrator")
    assert "Every promise is counted by the policy in force" in administrator.get("/policy/").content.decode()
    Promise.objects.update(version="an earlier", allotted=timedelta(days=1))
    page = administrator.get("/policy/")
    assert page.context["figures"].promises == 1
    administrator.post("/policy/", {"version": page.context["standing"].version})
    assert "being counted again" in administrator.get("/policy/").content.decode()
    assert administrator.post("/policy/", {"version": "000000000000"}).status_code == 409
