"""G28: nothing personal is written to the logs, whatever happens."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from mulian.core.events import deliveries, stamper, timers
from mulian.core.notify import actions as notify
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions import Details, find_households, update_household
from tests import world as cast
from tests.access import answers, setting
from tests.access.crawl import ASKED, ask, sign_in
from tests.access.setting import Setting, report
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
CANARY = "金丝雀"
PHONE = "13900009999"
NAME, WORDS = f"{CANARY}才让", f"{CANARY}家的羊圈塌了"
PASSWORD = "canary-password-7"


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line any logger writes, formatted with its traceback."""
    with answers.listening() as written:
        yield written


def _secrets(made: Setting) -> list[str]:
    tokens = [made.world.token("liaison"), made.world.api_token("county_duty")]
    said = [setting.WORDS, setting.FAR_WORDS]
    return [CANARY, PHONE, PASSWORD, cast.PASSWORD, "合成户主", *said, *tokens]


def _leaks(lines: Iterable[str], made: Setting) -> list[str]:
    return [line[:300] for line in lines if any(secret in line for secret in _secrets(made))]


def _family(made: Setting) -> None:
    update_household(
        household=made.world.households["near"],
        actor=made.world.actor("village_lead"),
        at=AT,
        details=Details(name=NAME, phone=PHONE),
    )
    report(made.world, "liaison", text=WORDS, household=made.world.households["near"])


@pytest.mark.parametrize("who", ASKED)
def test_g28_no_page_and_no_step_logs_anybody(made: Setting, who: str) -> None:
    assert _leaks(answers.of(made, who).lines, made) == []


def test_g28_the_ordinary_day_logs_nobody(made: Setting, lines: list[str]) -> None:
    """Searches, a family's page, the background work, a login that fails and one that works."""
    _family(made)
    for who in ("liaison", "village_lead", "county_duty"):
        client = sign_in(who)
        for page in ("/inbox/", f"/inbox/?q={WORDS}", f"/households/{made.own['household']}/"):
            ask(client, "GET", page)
    find_households(actor=made.world.actor("county_duty"), at=AT, reason=WORDS, name=NAME, phone=PHONE)
    for password in (PASSWORD, cast.PASSWORD):
        Client().post("/account/login/", {"login": NAME, "password": password})
    _background()

    assert _leaks(lines, made) == []


def _background() -> None:
    while stamper.stamp(AT):
        pass
    deliveries.run_due(AT, 200)
    timers.run_due(AT)
    notify.run_due(AT)


def test_g28_what_breaks_logs_nobody(made: Setting, lines: list[str]) -> None:
    """Broken bodies, unknown kinds and wrong tokens from phones; the canary stands in each."""
    token = {"Authorization": f"Device {made.world.token('liaison')}"}
    command = {"id": str(uuid7(AT)), "seq": 1, "kind": "cases.report", "v": 1, "at": "never", "after": []}
    bodies = [
        json.dumps({"v": 1, "commands": [command | {"body": {"text": {"not": WORDS}}}]}, ensure_ascii=False),
        json.dumps({"v": 1, "commands": WORDS}, ensure_ascii=False),
        f'{{"v":1,"commands":[{{"text":"{WORDS}"',
        WORDS,
    ]
    client = Client(raise_request_exception=False)
    for body in bodies:
        key = {"Authorization": f"Bearer {WORDS.encode().hex()}"}
        client.post("/api/v1/cases", body, "application/json", headers=key)
        client.post("/field/enrol", body, "application/json")
        client.patch(f"/field/files/{NAME}", body, "application/json", headers=token)

    assert _leaks(lines, made) == []


def test_g28_an_error_that_quotes_a_row_is_logged_without_it(lines: list[str], made: Setting) -> None:
    """Databases put values into their messages; of an error its kind and its place are kept."""
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise IntegrityError(f"Failing row contains ({NAME}, {PHONE}).") from error
    except IntegrityError:
        logging.getLogger("mulian.core.sync").exception("a command failed")

    assert _leaks(lines, made) == []
    assert "django.db.utils.IntegrityError" in lines[-1]
    assert "\nValueError" in lines[-1]
    assert "test_g28_logs.py" in lines[-1]


def test_g28_the_installations_own_log_is_written_that_way() -> None:
    logs: Any = settings.LOGGING
    assert logs["formatters"]["plain"]["()"] == "mulian.site.logs.PlainFormatter"


def test_g28_a_leak_would_be_seen(made: Setting, lines: list[str]) -> None:
    logging.getLogger("mulian.core").warning("could not tell %s", NAME)

    assert len(_leaks(lines, made)) == 1
