"""Signing in with a password and a second factor, through our own pages."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mulian.core.access.models import Person
from tests.world import PASSWORD, World


@pytest.fixture(autouse=True)
def _no_memory_of_attempts() -> None:
    cache.clear()


@pytest.fixture
def client(world: World) -> Client:
    return Client(headers={"Accept": "text/html", "Accept-Language": "en"})


def sign_in(client: Client, password: str = PASSWORD) -> str:
    form = {"login": "leader", "password": password, "next": reverse("about")}
    answer = client.post(reverse("account_login"), form, follow=True)
    return answer.content.decode()


def switch_on(client: Client) -> str:
    """Activates the second factor and returns its secret."""
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.findall(r'class="secret" lang="en">([A-Z2-7]+)<', page)[0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


def code_of(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))


def test_a_wrong_password_is_said_without_saying_which_part(client: Client) -> None:
    page = sign_in(client, "wrong-password-9")

    assert 'role="alert"' in page
    assert "_auth_user_id" not in client.session


def test_the_second_factor_is_asked_for_after_the_password(client: Client) -> None:
    Person.objects.filter(username="leader").update(language="en")
    sign_in(client)
    secret = switch_on(client)
    client.post(reverse("account_logout"))

    page = sign_in(client)
    half = "_auth_user_id" in client.session
    cache.clear()
    done = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert "Enter the code your authenticator app shows, or a recovery code." in page
    assert (half, done.status_code, "_auth_user_id" in client.session) == (False, 302, True)


def test_a_recovery_code_opens_the_login_once(client: Client) -> None:
    sign_in(client)
    switch_on(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r'class="secret num" lang="en">(\d+)<', page)[0]

    def with_code() -> bool:
        client.post(reverse("account_logout"))
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        return "_auth_user_id" in client.session

    assert (with_code(), with_code()) == (True, False)


def test_every_page_of_the_account_is_ours(client: Client) -> None:
    sign_in(client)
    names = [
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
    ]
    before = [client.get(reverse(name)) for name in names]
    switch_on(client)
    names = ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
             "mfa_reauthenticate"]  # fmt: skip
    after = [client.get(reverse(name)) for name in names]

    for answer in before + after:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        assert 'class="languages"' in answer.content.decode(), answer.request["PATH_INFO"]


def test_the_second_factor_is_switched_off_again(client: Client) -> None:
    sign_in(client)
    switch_on(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert client.post(reverse("account_logout")).status_code == 302
    sign_in(client)
    assert "_auth_user_id" in client.session


def test_signing_out_makes_the_browser_forget_pages_but_no_unsent_report(client: Client) -> None:
    """The phone app has the same origin: `storage` would take what it has not sent yet."""
    sign_in(client)

    asked, done = client.get(reverse("account_logout")), client.post(reverse("account_logout"))

    assert asked.headers.get("Clear-Site-Data") is None
    assert done.headers["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in client.session
