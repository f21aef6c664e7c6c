"""Every console page answers each role as its duty says, in three languages, and never shows foreign ids."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import TOWNSHIPS, VILLAGE, World

Browser = Callable[..., Client]
SEES_PEOPLE = {"village_lead", "township_officer", "county_duty", "auditor", "administrator"}
KEEPS_ROTA = {"county_duty", "administrator"}
MANAGES = {"administrator"}
ROLES = (
    "liaison", "grid_head", "village_lead", "township_officer", "county_duty", "transport", "leader", "auditor",
    "administrator",
)  # fmt: skip
FOR_ALL = ("about", "settings", "notices", "live", "mfa_index", "account_change_password", "areas")
BY_DUTY = {"people": SEES_PEOPLE, "rota": KEEPS_ROTA, "new_person": MANAGES}
LANGUAGES = {"bo": "bo", "zh-hans": "zh-Hans", "en": "en"}


@pytest.mark.parametrize("role", ROLES)
def test_pages_answer_each_role_as_its_duty_says(browser: Browser, role: str) -> None:
    client = browser(role)

    for name in FOR_ALL:
        assert client.get(reverse(name), follow=True).status_code == 200, name
    for name, allowed in BY_DUTY.items():
        assert client.get(reverse(name)).status_code == (200 if role in allowed else 403), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_carry_their_language(browser: Browser, language: str) -> None:
    client = browser("administrator", language)

    for name in ("people", "rota", "about", "settings", "notices"):
        page = client.get(reverse(name)).content.decode()
        assert f'<html lang="{LANGUAGES[language]}"' in page
        assert page.count("<h1") == 1


def test_home_leads_to_the_first_page_of_the_duty(browser: Browser) -> None:
    answer = browser("administrator").get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/")
    assert answer.headers["Location"] != reverse("account_login")


def test_home_without_login_leads_to_the_login(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_a_page_without_login_leads_to_the_login_and_back(client: Client, db: None) -> None:
    answer = client.get(reverse("people"), headers={"Accept": "text/html"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse('people')}"


@pytest.mark.parametrize(
    ("asker", "whom", "status"),
    [
        ("village_lead", "liaison", 200),
        ("village_lead", "liaison3", 404),
        ("village_lead", "outsider", 404),
        ("outsider", "liaison", 404),
        ("township_officer", "liaison3", 200),
        ("township_officer", "liaison_town", 404),
        ("county_duty", "outsider", 200),
    ],
)
def test_a_person_outside_the_area_does_not_exist(
    browser: Browser, world: World, asker: str, whom: str, status: int
) -> None:
    assert browser(asker).get(reverse("person", args=[world.people[whom]])).status_code == status


def test_the_list_holds_exactly_the_people_of_the_village(browser: Browser) -> None:
    page = browser("village_lead").get(reverse("people")).content.decode()

    shown = set(re.findall(r'<td data-label="[^"]*" lang="en">([a-z0-9_]+)</td>', page))
    assert shown == {"liaison", "liaison2", "grid_head", "village_lead", "village_deputy"}


def test_search_finds_by_part_of_a_user_name(browser: Browser) -> None:
    page = browser("administrator").get(reverse("people"), {"q": "outsid"}).content.decode()

    assert re.findall(r'<td data-label="[^"]*" lang="en">([a-z0-9_]+)</td>', page) == ["outsider"]


@pytest.mark.parametrize("name", ["person", "reset_password", "switch_person", "open_posting", "enrol", "leave",
                                  "close_posting", "remove_shift", "revoke_device", "notice"])  # fmt: skip
def test_unknown_ids_answer_404(browser: Browser, name: str) -> None:
    client = browser("administrator")
    address = reverse(name, args=[UUID(int=7)])

    answer = (
        client.post(address)
        if name not in ("person", "notice", "leave", "open_posting")
        else client.get(address)
    )

    assert answer.status_code == 404


def test_places_show_what_lies_below(browser: Browser) -> None:
    page = browser("township_officer").get(reverse("area", args=[TOWNSHIPS[0]])).content.decode()

    assert reverse("area", args=[VILLAGE]) in page
    assert 'name="name_bo"' not in page


def test_an_unknown_place_is_404(browser: Browser) -> None:
    assert browser("administrator").get(reverse("area", args=["999999"])).status_code == 404


@pytest.mark.parametrize(
    "name", ["account/signup/", "account/password/reset/", "account/email/", "account/social/"]
)
def test_what_is_switched_off_in_allauth_has_no_address(client: Client, db: None, name: str) -> None:
    assert client.get(f"/{name}", headers={"Accept": "text/html"}).status_code == 404
