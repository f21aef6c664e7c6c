"""Rubbish at every form of cases: refused in a plain sentence, and what was typed is still there.

A new form without a row here fails; so does one that loses words.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.forms import Form
from django.test import Client

from mulian.core.access.models import DutyShift, Person
from mulian.kernel import clock
from mulian.modules.cases.web.forms.steps import FORMS
from mulian.modules.cases.web.urls import urlpatterns
from tests.access.crawl import table
from tests.access.setting import Setting, make
from tests.world import AT, VILLAGE

pytestmark = pytest.mark.django_db(databases="__all__")
MARK = "留下这句话 འདི་མ་བོར"
LONG = MARK + "字" * 5000
NO_DAY, NO_CHOICE = "昨天吧", "made-up"
SAID = {"text": LONG}

TYPED: dict[str, tuple[str, str, dict[str, str]]] = {
    "cases_new": ("county_duty", "", {**SAID, "id": "no-id", "door": NO_CHOICE, "area": "1", "hazard": "x"}),
    "cases_seek_household": ("county_duty", "", {"seek-reason": LONG, "seek-name": "合成"}),
    "cases_place": ("county_duty", "case", {"area": NO_CHOICE}),
    "cases_urgency": ("county_duty", "case", {"reason": LONG}),
    "cases_cancel": ("county_duty", "case", {"kind": NO_CHOICE, "reason": MARK}),
    "cases_add": ("county_duty", "case", {**SAID, "voice": "no-hash", "photos": "../etc"}),
    "cases_review": ("leader", "case", {"text": LONG, "review_on": NO_DAY}),
    "cases_urge": ("county_duty", "case", SAID),
    "cases_rate": ("county_duty", "case", {**SAID, "solved": "maybe", "stars": "9"}),
    "cases_held_drop": ("county_duty", "held", {"reason": LONG}),
    "public_report": ("", "", {**SAID, "hazard": NO_CHOICE, "lat": "north", "slip": "none"}),
    "public_complaint": ("", "", {**SAID, "area": NO_CHOICE, "slip": "none"}),
    "public_follow": ("", "", {"code": MARK}),
    "public_steward": ("", "", {"village": NO_CHOICE, "name": MARK, "reach": "", "slip": "none"}),
    "cases_listen_words": ("county_duty", "voice", {"transcript": LONG, "topic": NO_CHOICE}),
    "cases_listen_correct": ("county_duty", "heard", {"transcript": LONG}),
    "cases_translation": ("county_duty", "text", {"text": LONG, "seen": "别的", "wording": "x"}),
    "cases_glossary_keep": ("administrator", "", {"zh": LONG, "bo": MARK, "note": LONG, "code": "../x"}),
    "cases_service_open": (
        "village_lead",
        "identity",
        {**SAID, "id": "no-id", "household": "x", "ready": "99"},
    ),
    "cases_service_list_new": (
        "transport",
        "",
        {
            **SAID,
            "id": "no-id",
            "purpose": NO_CHOICE,
            "area": "1",
            "until": NO_DAY,
            "fact": "x",
            "lines": LONG,
        },
    ),
    "cases_campaign_new": (
        "leader",
        "",
        {"name": LONG, "area": NO_CHOICE, "starts_on": NO_DAY, "ends_on": "", "classes": "x", "leader": "x"},
    ),
    "cases_campaign_adopt": ("leader", "campaign", {"number": LONG}),
    "cases_campaign_end": ("leader", "campaign", {"text": LONG}),
    "cases_campaign_charge": (
        "leader",
        "banked",
        {"leader": "nobody", "target_on": NO_DAY, "matter": NO_CHOICE},
    ),
    "cases_listen_word": ("county_duty", "voice", {"transcript": LONG, "solved": NO_CHOICE}),
}
STEPS = sorted(verb for verb, form in FORMS.items() if form().fields)
PAGES = {
    "report", "sorting", "saying", "joining", "outcomes", "steps", "listen",
    "doors", "doors_follow", "doors_held", "doors_steward", "services", "service_lists", "rota", "glossary",
    "translating", "campaigns",
}  # fmt: skip
BUTTONS = {
    "cases_apart", "cases_held_take", "public_leave", "cases_topic", "cases_alike", "cases_listen_next",
    "cases_listen_claim", "cases_listen_release", "cases_listen_topic", "public_add", "public_rate",
    "cases_translation_next", "cases_translation_claim", "cases_translation_release", "cases_ask_translation",
    "cases_glossary_drop", "cases_service_list_end", "cases_service_papers", "cases_service_step", "cases_rota_edit",
}  # fmt: skip
"""Nothing is typed there, or only after something was followed (tests/site/portal/test_following.py);
what chooses and does not type has tests of its own (below, and test_services_pages.py)."""


@pytest.fixture
def made(db: None) -> Setting:
    return make()


def browser(username: str) -> Client:
    client = Client(headers={"Accept": "text/html"})
    if username:
        client.force_login(Person.objects.get(username=username))
    return client


def address(name: str, id: str = "", verb: str = "") -> str:
    pattern = next(str(each.pattern) for each in urlpatterns if each.name == name)
    return "/" + pattern.replace("<uuid:id>", id).replace("<slug:verb>", verb).replace("<slug:code>", id)


def wrong(answer: Any) -> list[str]:
    """The sentences the page says."""
    forms = (
        [value for layer in answer.context for value in layer.flatten().values()] if answer.context else []
    )
    return [
        str(sentence)
        for form in forms
        if isinstance(form, Form)
        for sentences in form.errors.values()
        for sentence in sentences
    ]


def kept(answer: Any, typed: dict[str, str]) -> bool:
    return MARK in answer.content.decode() or MARK not in "".join(typed.values())


@pytest.mark.parametrize("name", TYPED)
def test_rubbish_is_refused_in_a_sentence_and_stays(made: Setting, name: str) -> None:
    who, subject, typed = TYPED[name]
    own = made.own | {"banked": made.own["case"], "identity": "identity"}
    url = address(name, own.get(subject, ""))
    with clock.use(clock.FixedClock(AT)):
        if subject == "voice":
            browser(who).post(address("cases_listen_claim", made.own["voice"]))
        if subject == "banked":
            adopted = {"number": made.case().number}
            browser(who).post(address("cases_campaign_adopt", made.own["campaign"]), adopted)
        answer = browser(who).post(url, typed)
    assert 400 <= answer.status_code < 500, answer.status_code
    assert wrong(answer), "no sentence"
    assert kept(answer, typed)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"do": NO_CHOICE},
        {"do": "on", "day": NO_DAY, "watch": "0"},
        {"do": "on", "day": "2026-11-23", "watch": "99"},
        {"do": "on", "day": "2026-11-23", "watch": "0", "person": MARK, "language": NO_CHOICE},
        {"do": "off", "shift": "x"},
        {"do": "give", "shift": str(uuid4()), "person": "x"},
        {"do": "swap", "shift": str(uuid4()), "other": str(uuid4())},
    ],
)
def test_rubbish_at_the_rota_changes_nothing_and_is_answered(made: Setting, typed: dict[str, str]) -> None:
    before = list(DutyShift.objects.order_by("id").values())
    with clock.use(clock.FixedClock(AT)):
        answer = browser("administrator").post(address("cases_rota_edit"), typed)
    assert 400 <= answer.status_code < 500
    assert list(DutyShift.objects.order_by("id").values()) == before


@pytest.mark.parametrize("verb", STEPS)
def test_rubbish_at_every_step_is_refused_and_stays(made: Setting, verb: str) -> None:
    typed = dict.fromkeys(("text", "reason", "address", "fund", "contractor"), LONG)
    typed |= {"to": NO_CHOICE, "until": NO_DAY, "days": "viele", "outcome": NO_CHOICE, "code": NO_CHOICE}
    with clock.use(clock.FixedClock(AT)):
        answer = browser("county_duty").post(address("cases_step", made.own["case"], verb), typed)
    assert 400 <= answer.status_code < 500
    assert wrong(answer), "no sentence"
    words = {"text", "reason"} & set(FORMS[verb]().fields)
    assert not words or MARK in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"place": NO_CHOICE},
        {"place": VILLAGE, "registered": "1", "residing": "x", "camp": "y"},
        {"place": VILLAGE, "topic": NO_CHOICE, "when": NO_DAY},
        {"place": VILLAGE, "when": "2026-13-45T99:99"},
    ],
)
def test_a_question_that_cannot_be_answered_stays_on_the_page(made: Setting, asked: dict[str, str]) -> None:
    with clock.use(clock.FixedClock(AT)):
        answer = browser("county_duty").get("/what-if/", asked)
    assert answer.status_code in (200, 422)
    assert wrong(answer)


def test_every_form_of_these_pages_stands_in_a_table() -> None:
    posted = {row.address for row in table() if row.method == "POST"}
    names = {str(each.name) for each in urlpatterns if str(each.pattern) in posted and page_of(each) in PAGES}
    assert names == {*TYPED, *BUTTONS, "cases_step"}


def page_of(pattern: Any) -> str:
    return str(pattern.callback.__module__).rpartition(".")[2]


VERBS = ["take", "start", "wait", "solve", "answer", "return", "pass-up", "transfer", "reopen", "close"]
BODIES = ("", "null", "[]", "{", '{"text": 7}', '{"photos": "x"}', '{"voice": {"sha256": 1}}')


def test_the_api_answers_rubbish_with_a_problem(made: Setting) -> None:
    token = {"Authorization": f"Bearer {made.world.api_token('county_duty')}"}
    for path in ["", *(f"/{uuid4()}/{verb}" for verb in VERBS)]:
        for body in BODIES:
            with clock.use(clock.FixedClock(AT)):
                answer = Client().post(
                    f"/api/v1/cases{path}", body, content_type="application/json", headers=token
                )
            told = json.loads(answer.content)
            assert 400 <= answer.status_code < 500, (path, body)
            assert answer.headers["Content-Type"].startswith("application/problem+json")
            assert all(told[name] for name in ("code", "title"))
