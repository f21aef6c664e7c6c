"""The inbox: what is due next first, why it is mine, filters in the address, and what came in meanwhile."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.modules.cases.actions import steps
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.web.showing.rows import FIRST_WORDS, first_words
from mulian.modules.cases.web.views.inbox import PER_PAGE
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.web.conftest import SignIn
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")


def numbers(html: str) -> list[str]:
    """Case numbers in the order of the page's rows."""
    return [part.partition("<")[0] for part in html.split('<span class="num small">')[1:]]


def test_urgent_and_old_come_first_with_reason_place_and_next_step(line: Line, sign_in: SignIn) -> None:
    new, old = line.report(household="near"), line.report(household="near", at=later(days=-3))
    urgent = line.report(household="near2", urgent=True)
    page = sign_in("village_deputy").get("/inbox/").content.decode()
    assert numbers(page) == [urgent.number, old.number, new.number]
    assert "村口的桥断了" in page
    assert "It happened where you serve" in page
    assert page.count(f'action="/cases/{urgent.id}/steps/take/"') == 1


def test_a_voice_without_words_says_so(line: Line, sign_in: SignIn) -> None:
    line.report(household="near", voice=Voice(sha256="ab" * 32, seconds=17.0, mime="audio/webm"))
    page = sign_in("village_deputy").get("/inbox/").content.decode()
    assert "</svg> voice" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("urgent=on", ["urgent"]),
        ("q=水管", ["water"]),
        ("topic=water", ["water"]),
        ("state=taken", ["taken"]),
        ("state=nonsense&area=nowhere", ["urgent", "water", "bridge", "taken"]),
        ("whose=mine", ["taken"]),
    ],
)
def test_filters_stand_in_the_address(line: Line, sign_in: SignIn, query: str, found: list[str]) -> None:
    made = {
        "bridge": line.report(household="near", at=later(minutes=-8)),
        "water": line.report(household="near", text="自来水管裂了没水", at=later(minutes=-9)),
        "urgent": line.report(household="near", urgent=True),
        "taken": line.report(household="near", at=later(minutes=-7)),
    }
    line.act(steps.take, made["taken"], "village_lead")
    page = sign_in("village_lead").get(f"/inbox/?{query}").content.decode()
    shown = [name for number in numbers(page) for name, case in made.items() if case.number == number]
    if query == "whose=mine":
        assert "taken" in shown
    else:
        assert shown == found


def test_nobody_sees_what_lies_beyond_their_duty(line: Line, sign_in: SignIn) -> None:
    case = line.report(household="near")
    for whose in ("unit", "mine", "all"):
        page = sign_in("outsider").get(f"/inbox/?whose={whose}").content.decode()
        assert case.number not in page
    assert "Nothing waits for you" in sign_in("outsider").get("/inbox/").content.decode()
    assert case.number in sign_in("county_duty").get("/inbox/").content.decode()


def test_long_lists_come_in_pieces_that_do_not_overlap(line: Line, sign_in: SignIn) -> None:
    made = {line.report(household="near", at=later(minutes=-n)).number for n in range(PER_PAGE + 3)}
    client = sign_in("village_deputy")
    first = client.get("/inbox/?whose=unit")
    second = client.get(f"/inbox/{first.context['more']}")
    pieces = [numbers(page.content.decode()) for page in (first, second)]
    assert [len(piece) for piece in pieces] == [PER_PAGE, 3]
    assert {*pieces[0], *pieces[1]} == made
    assert second.context["more"] == ""


def test_what_came_in_meanwhile_is_counted_cheaply(line: Line, sign_in: SignIn) -> None:
    client = sign_in("village_deputy")
    minute_ago = quote(later(minutes=-1).isoformat())
    live = f"/inbox/live/?whose=unit&since={minute_ago}"
    first = client.get(live)
    assert first.json() == {"number": 0}
    assert client.get(live, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    line.report(household="near")
    assert client.get(live).json() == {"number": 1}
    assert client.get(f"{live}&urgent=on").json() == {"number": 0}
    assert client.get(client.get("/inbox/").context["live"]).json() == {"number": 0}
    assert client.get("/inbox/live/?since=rubbish").json() == {"number": 0}


def test_a_longer_list_costs_no_more_statements(line: Line, sign_in: SignIn) -> None:
    client = sign_in("village_deputy")
    line.report(household="near")
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as few:
        client.get("/inbox/")
    for n in range(6):
        line.report(household="near2", at=later(minutes=-n))
    with CaptureQueriesContext(connection) as many:
        client.get("/inbox/")
    assert len(many) == len(few)


def test_first_words_are_cut_after_a_syllable() -> None:
    assert first_words("短") == "短"
    tibetan = "ཟམ་པ་ཆད་སོང་" * 12
    cut = first_words(tibetan)
    assert cut.endswith("་…")
    assert len(cut) <= FIRST_WORDS + 1
    assert first_words("路" * 200) == "路" * FIRST_WORDS + "…"


def test_the_page_is_in_the_readers_language(line: Line, sign_in: SignIn) -> None:
    line.report(household="near", urgent=True, at=AT)
    page = sign_in("village_deputy", "bo").get("/inbox/").content.decode()
    assert 'lang="bo"' in page
    assert "ཛ་དྲག" in page
