"""Who would get this, and why: the same answer as the real report, and nothing written."""

from __future__ import annotations

import pytest

from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.what_if import Question, ask, routed
from tests.modules.cases.conftest import Line
from tests.modules.cases.web.conftest import SignIn, sign_in  # noqa: F401
from tests.world import AT, FAR, TOWN, VILLAGE

pytestmark = pytest.mark.django_db(databases="__all__")


def test_it_is_what_a_real_report_gets(line: Line) -> None:
    asked = routed(Question(place=VILLAGE), AT)
    case = line.report("liaison", text="不知道归谁管的事")
    real = {(r.key, r.standing, r.reason) for r in holding.receivers_of(case.id)}
    assert {(r.key, r.standing, r.reason) for r in asked.receivers} == real


def test_dual_management_names_the_far_owner_and_the_near_helper(line: Line) -> None:
    question = Question(place=TOWN, topic="social.pension", registered=VILLAGE, residing=TOWN)
    answer = ask(question, line.world.actor("county_duty"), AT, "zh-hans")
    assert answer is not None
    assert [(each.standing, each.person) for each in answer.lines[:2]] == [
        ("responsible", "合成village_deputy"),
        ("helper", "合成town_lead"),
    ]


def test_gaps_and_promises_are_named_and_nothing_is_written(line: Line) -> None:
    before = (Case.unscoped.because("test").count(), Event.objects.count(), Notice.objects.count())
    actor = line.world.actor("county_duty")
    answer = ask(Question(place="632623204202", topic="road.bridge", urgent=True), actor, AT, "zh-hans")
    assert answer is not None
    assert len(answer.gaps) == 1
    assert len(answer.promises) == 2
    assert len(answer.departments) == 2
    assert (Case.unscoped.because("test").count(), Event.objects.count(), Notice.objects.count()) == before


def test_nobody_asks_about_places_beyond_their_duty(line: Line) -> None:
    assert ask(Question(place=FAR), line.world.actor("village_lead"), AT, "bo") is None


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_the_page_asks_and_answers(line: Line, sign_in: SignIn, language: str) -> None:  # noqa: F811
    client = sign_in("county_duty", language=language)
    assert client.get("/what-if/").status_code == 200
    page = client.get("/what-if/", {"place": VILLAGE, "topic": "road.bridge"}).content.decode()
    assert "合成village_deputy" in page
    for word in ("Who would get this", "Departments in order", "Nobody is there", "Every post"):
        assert word not in page
    assert client.get("/what-if/", {"place": "999"}).status_code == 200
