"""What every page has: the language switch that keeps the page, headers, problem pages, live numbers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mulian.core.access.models import Person
from mulian.core.notify.actions import tell
from mulian.core.ui import csp
from tests.world import AT, World

Browser = Callable[..., Client]


def test_language_switch_keeps_the_page_and_the_choice(browser: Browser) -> None:
    client = browser("administrator", "zh-hans")
    page = "/people/?q=liaison"

    answer = client.post(reverse("language"), {"language": "bo", "next": page})

    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert '<html lang="bo"' in client.get(page).content.decode()
    assert Person.objects.get(username="administrator").language == "bo"


def test_language_switch_works_before_signing_in(client: Client, db: None) -> None:
    client.post(reverse("language"), {"language": "bo", "next": reverse("account_login")})

    assert '<html lang="bo"' in client.get(reverse("account_login")).content.decode()


def test_every_page_offers_each_language_and_returns_to_itself(browser: Browser) -> None:
    page = browser("administrator").get("/people/?q=a&page=1").content.decode()

    assert [f'value="{code}"' in page for code in ("bo", "zh-hans", "en")] == [True, True, True]
    assert 'name="next" value="/people/?q=a&amp;page=1"' in page


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_switch_never_leads_away(browser: Browser, target: str) -> None:
    answer = browser("administrator").post(reverse("theme"), {"theme": "dark", "next": target})

    assert answer.headers["Location"] == "/"


def test_the_answer_to_a_form_returns_to_the_page_of_the_form(browser: Browser, world: World) -> None:
    person = reverse("person", args=[world.people["liaison"]])
    form = reverse("reset_password", args=[world.people["liaison"]])

    page = browser("administrator").post(form, headers={"Referer": f"http://testserver{person}?a=1"})
    foreign = browser("administrator").post(form, headers={"Referer": "http://elsewhere.example/x"})

    assert f'name="next" value="{person}?a=1"' in page.content.decode()
    assert 'name="next" value="/"' in foreign.content.decode()


def test_theme_is_kept_in_the_first_paint(browser: Browser) -> None:
    client = browser("administrator")
    client.post(reverse("theme"), {"theme": "dark", "next": "/about/"})

    assert 'data-theme="dark"' in client.get("/about/").content.decode()


@pytest.mark.parametrize(
    "address", ["/about/", "/people/", "/settings/", "/no-such-page/", "/account/second/"]
)
def test_pages_carry_the_policy_and_are_not_stored(browser: Browser, address: str) -> None:
    headers = browser("administrator").get(address).headers

    assert headers["Content-Security-Policy"] == csp.PAGE_POLICY
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"].split(",")[0] in ("no-store", "max-age=0")
    assert "no-store" in headers["Cache-Control"]


def test_pages_hold_nothing_inline(browser: Browser, world: World) -> None:
    client = browser("administrator")
    addresses = ["/people/", "/people/rota/", "/settings/", "/about/", f"/people/{world.people['liaison']}/"]

    for address in addresses:
        page = client.get(address).content.decode()
        assert " style=" not in page, address
        assert "<script>" not in page, address
        assert " onclick" not in page, address


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Accept": "text/html"}, "text/html; charset=utf-8"),
        ({"Accept": "application/json"}, "application/problem+json"),
        ({"Accept": "text/html", "HX-Request": "true"}, "application/problem+json"),
    ],
)
def test_a_problem_is_shown_in_the_askers_form(browser: Browser, headers: dict[str, str], kind: str) -> None:
    answer = browser("administrator", "en").get("/no-such-page/", headers=headers)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, kind)
    assert "Go back to your list." in answer.content.decode()


def test_a_problem_for_programs_has_code_and_next_step(client: Client, db: None) -> None:
    answer = client.get("/no-such-page/", headers={"Accept": "application/json", "Accept-Language": "en"})

    assert json.loads(answer.content) == {
        "type": "urn:mulian:problem:not_found",
        "title": "This does not exist, or it is not yours to see.",
        "status": 404,
        "code": "not_found",
        "next_step": "Go back to your list.",
    }


def test_a_form_without_its_token_is_a_problem_with_a_next_step(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept": "text/html", "Accept-Language": "en"})

    answer = client.post(reverse("language"), {"language": "bo"})

    assert answer.status_code == 403
    assert "Load the page again and repeat the step." in answer.content.decode()


@pytest.mark.parametrize(
    ("came", "back"),
    [("http://testserver/settings/?a=1", True), ("http://elsewhere.example/", False), ("", False)],
)
def test_a_refused_form_leads_back_to_the_page_it_stood_on(world: World, came: str, back: bool) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept": "text/html", "Host": "testserver"})

    page = client.post(reverse("language"), {"language": "bo"}, headers={"Referer": came}).content.decode()

    assert (f'href="{came}" data-back' in page, "data-back" in page) == (back, back)


def test_whoever_has_no_account_is_led_back_to_the_public_page(client: Client, db: None) -> None:
    page = client.get("/public/no-such-page/", headers={"Accept": "text/html", "Accept-Language": "en"})

    assert page.status_code == 404
    assert 'href="/public/">Go to the first page' in page.content.decode()
    assert 'href="/"' not in page.content.decode()


def test_a_fault_of_the_server_is_a_page_with_a_next_step(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mulian.site.console import about

    monkeypatch.setattr(about, "versions", lambda: 1 / 0)
    client = browser("administrator", "en")
    client.raise_request_exception = False

    answer = client.get("/about/")

    assert answer.status_code == 500
    assert answer.headers["X-Problem"] == "server_error"
    assert "ZeroDivisionError" not in answer.content.decode()


def test_live_numbers_cost_nothing_when_nothing_changed(browser: Browser, world: World) -> None:
    client = browser("administrator")
    first = client.get(reverse("live"))

    again = client.get(reverse("live"), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_notices_are_counted_shown_and_read(browser: Browser, world: World) -> None:
    client = browser("administrator", "en")
    _tell(world, "administrator")
    assert client.get(reverse("live")).json()["counts"]["notices"] == 1

    page = client.get(reverse("notices")).content.decode()
    link = page.split('<a href="/notices/')[1].split('"')[0]
    opened = client.get(f"/notices/{link}")

    assert "Case GD-1 waits for you" in page
    assert opened.headers["Location"] == "/about/"
    assert client.get(reverse("live")).json()["number"] == 0


def test_nobody_opens_anothers_notice(browser: Browser, world: World) -> None:
    _tell(world, "administrator")
    owner = browser("administrator").get(reverse("notices")).content.decode()
    link = owner.split('<a href="/notices/')[1].split('"')[0]

    assert browser("leader").get(f"/notices/{link}").status_code == 404


def _tell(world: World, username: str) -> None:
    tell(
        persons=[world.people[username]],
        kind="cases.new",
        title="Case %(number)s waits for you",
        params={"number": "GD-1"},
        link="/about/",
        subject_kind="case",
        subject_id=world.people[username],
        urgent=False,
        key="one",
        at=AT,
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", ["/figures/?of={}", "/what-if/?place=632623204200&topic=road&when={}"])
def test_a_day_beyond_all_counting_is_no_fault(browser: Browser, address: str, day: str) -> None:
    """Each database counts a little further than the other in one direction; neither breaks."""
    answer = browser("county_duty").get(address.format(day))

    assert (answer.status_code, answer.headers.get("X-Problem")) in [(400, "bad_request"), (200, None)]


@pytest.mark.parametrize("text", ["\\u0000", "\\ud800", "a\\udc00b"])
def test_a_program_s_text_that_no_page_can_hold_is_refused(world: World, text: str) -> None:
    key = {"Authorization": f"Bearer {world.api_token('county_duty')}"}
    body = f'{{"text":"{text}","area":"632623204200"}}'

    answer = Client(headers=key).post("/api/v1/cases", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
