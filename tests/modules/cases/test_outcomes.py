"""What became of a case: registers with a leader in charge, reviews that are not forgotten, vetoes that reopen."""

from __future__ import annotations

from datetime import date

import pytest

from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import feedback, outcomes, steps
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.domain.outcomes import Outcome as Kind
from mulian.modules.cases.domain.outcomes import Plan
from mulian.modules.cases.models import Case, Outcome, Promise
from mulian.modules.cases.queries import outcomes as registers
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.web.conftest import HTMX, SignIn, sign_in  # noqa: F401
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


def plan(line: Line, kind: str = "project", **said: object) -> Plan:
    leader = line.world.people["leader"]
    return Plan(**{"outcome": Kind(kind), "leader": leader, "review_on": date(2026, 12, 22), **said})  # type: ignore[arg-type]


def settled(line: Line, **said: object) -> Case:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    done: Case = line.act(steps.solve, case, LEAD, text="先垫了沙袋，开春修桥", plan=plan(line, **said))  # type: ignore[arg-type]
    return done


def test_a_plan_stands_in_its_register_with_a_leader_in_charge(line: Line) -> None:
    case = settled(line)
    assert (case.state, case.outcome) == ("solved", "project")
    for who in ("county_duty", LEAD, "leader"):
        actor = line.world.actor(who)
        [entry] = registers.register(actor, AT, "project", "zh-hans")
        assert (entry.case.id, entry.leader, entry.due) == (case.id, "合成leader", False)
        assert registers.counts(actor, AT) == {"relieved": 0, "project": 1, "long": 0, "elsewhere": 0}
    assert registers.register(line.world.actor("outsider"), AT, "project", "zh-hans") == []
    told = Notice.objects.filter(kind="cases.outcome").values_list("person", flat=True)
    assert list(told) == [line.world.people["leader"]]


def test_only_who_leads_is_in_charge(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    wrong = plan(line, leader=line.world.people["liaison"])
    with pytest.raises(Problem) as refused:
        line.act(steps.solve, case, LEAD, text="x", plan=wrong)
    assert refused.value.code == "cases.leader_needed"
    assert Case.unscoped.because("test").get(id=case.id).state == "taken"


def test_its_day_comes_and_the_leader_is_reminded_once(line: Line) -> None:
    case = settled(line)
    assert outcomes.sweep_reviews(later(days=29)) == 0
    assert outcomes.sweep_reviews(later(days=30)) == 1
    assert outcomes.sweep_reviews(later(days=31)) == 0
    assert Event.objects.filter(subject_id=case.id, name="cases.outcome_review_due").count() == 1
    line.act(outcomes.review, case, "leader", at=later(days=31), text="款已到位", again_on=date(2027, 4, 1))
    assert outcomes.sweep_reviews(later(days=32)) == 0
    assert outcomes.sweep_reviews(later(days=140)) == 1
    line.act(outcomes.review, case, "leader", at=later(days=141), text="桥已通车")
    row = Outcome.objects.get(case=case)
    assert (row.result, row.done_by_id) == ("桥已通车", line.world.people["leader"])
    assert outcomes.sweep_reviews(later(days=400)) == 0


@pytest.mark.parametrize(
    ("by", "said", "code"),
    [
        ("transport", {"text": "x"}, "not_found"),
        ("liaison", {"text": "x"}, "forbidden"),
        ("leader", {"text": " "}, "cases.reason_needed"),
        ("leader", {"text": "x", "again_on": date(2026, 11, 22)}, "cases.review_needed"),
    ],
)
def test_who_reviews_and_what_it_needs(line: Line, by: str, said: dict[str, object], code: str) -> None:
    case = settled(line)
    with pytest.raises(Problem) as refused:
        line.act(outcomes.review, case, by, **said)
    assert refused.value.code == code


def test_a_veto_reopens_with_the_original_clock_and_ends_the_entry(line: Line) -> None:
    """osTicket restarts the clock at reopening; GLPI #23359 counts the time in solved as waiting."""
    case = settled(line)
    before = Promise.objects.get(case=case, kind="solve")
    line.act(feedback.feedback, case, "liaison", at=later(days=3), solved=False, text="沙袋冲走了")
    after = Promise.objects.get(case=case, kind="solve")
    assert (after.start, after.due, after.paused, after.met_at) == (
        before.start, before.due, before.paused, None,
    )  # fmt: skip
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.state, row.outcome) == ("taken", "")
    assert Outcome.objects.get(case=case).done_at == later(days=3)
    line.act(steps.solve, case, LEAD, at=later(days=4), text="x", plan=plan(line, "long"))
    assert Outcome.objects.filter(case=case).count() == 2


def test_evidence_made_elsewhere_is_measured_and_needs_a_reason(line: Line) -> None:
    case = line.report(household="near", place=Spot(lat=33.9, lon=100.1))
    line.act(steps.take, case, "county_duty")
    far = Spot(lat=33.95, lon=100.1)
    with pytest.raises(Problem) as refused:
        line.act(steps.solve, case, "county_duty", text="修好了", place=far)
    assert refused.value.code == "cases.evidence_far"
    line.act(steps.solve, case, "county_duty", text="修好了", place=far, reason="在乡里补拍")
    assert Event.objects.get(subject_id=case.id, name="cases.solved").data["metres"] == 5560


def test_evidence_from_afar_is_asked_about_on_the_page_and_the_reason_stays_in_the_history(
    line: Line,
    sign_in: SignIn,  # noqa: F811
) -> None:
    case = line.report(household="near", place=Spot(lat=33.9, lon=100.1))
    line.act(steps.take, case, "county_duty")
    client, url = sign_in("county_duty"), f"/cases/{case.id}"
    assert client.get(f"{url}/steps/solve/").context["form"].fields.keys() >= {"lat", "lon"}
    said = {"text": "桥修好了", "lat": "33.95", "lon": "100.1", "accuracy": "12"}
    refused = client.post(f"{url}/steps/solve/", said)
    form = refused.context["form"]
    assert (refused.status_code, form["text"].value(), form["lat"].value()) == (422, "桥修好了", "33.95")
    assert "Why it was not recorded at the place" in refused.content.decode()
    client.post(f"{url}/steps/solve/", {**said, "reason": "手机没电，回乡里补报"})
    page = client.get(f"{url}/").content.decode()
    assert [words in page for words in ("recorded 5560 m from the place", "手机没电，回乡里补报")] == [
        True,
        True,
    ]


def test_settled_and_reviewed_on_the_page(line: Line, sign_in: SignIn) -> None:  # noqa: F811
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    client, url = sign_in(LEAD), f"/cases/{case.id}"
    assert client.get(f"{url}/steps/settle/", headers=HTMX).status_code == 200
    said = {
        "outcome": "relieved", "text": "先垫沙袋", "leader": str(line.world.people["leader"]),
        "review_on": "2026-12-22",
    }  # fmt: skip
    missing = client.post(f"{url}/steps/settle/", said, headers=HTMX)
    assert missing.status_code == 422
    assert "the permanent project" in missing.content.decode()
    said |= {"contractor": "某建筑队", "fund": "以工代赈", "starts_on": "2027-04-01", "ends_on": "2027-06-30"}
    assert client.post(f"{url}/steps/settle/", said, headers=HTMX).status_code == 200
    page = sign_in("leader").get(f"{url}/").content.decode()
    assert "以工代赈" in page
    leader = sign_in("leader", language="bo")
    register = leader.get("/outcomes/?kind=relieved").content.decode()
    for word in ("某建筑队", case.number):
        assert word in register
    for word in ("Leader in charge", "Look again", "What became of it"):
        assert word not in register
    assert "Nothing stands" not in leader.get("/outcomes/?kind=long").content.decode()
    assert leader.post(f"{url}/review/", {"text": "已开工"}, headers=HTMX).status_code == 200
    assert Outcome.objects.get(case=case).result == "已开工"
