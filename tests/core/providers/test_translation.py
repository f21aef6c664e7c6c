"""The translation machine over real HTTP: a draft or nothing, and always in time."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from django.test import override_settings

from mulian.core.providers import translation
from mulian.core.providers.outbound import Unreachable
from mulian.core.providers.translation import LONGEST, Draft, HttpTranslator, NoTranslator
from tests.core.providers.machine import Machine, machine

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def running() -> Iterator[Machine]:
    with machine() as made:
        yield made


def ask(made: Machine, text: str = "桥断了", timeout: float = 5) -> Draft | None:
    return HttpTranslator(made.url, "key", LOOPBACK, timeout).translate(text, "zh-hans", "bo")


def test_none_by_default() -> None:
    found = translation.configured()
    assert isinstance(found, NoTranslator)
    assert (found.available, found.translate("桥断了", "zh-hans", "bo")) == (False, None)


def test_a_machine_is_named_by_settings(running: Machine) -> None:
    running.say(text="ཟམ་པ་ཆད།")
    with override_settings(MULIAN_TRANSLATION_URL=running.url, MULIAN_TRANSLATION_ALLOWED=LOOPBACK):
        found = translation.configured()
    assert found.translate("桥断了", "zh-hans", "bo") == Draft("ཟམ་པ་ཆད།", "machine")


def test_text_and_languages_go_out_and_a_draft_comes_back(running: Machine) -> None:
    running.say(text=" ཟམ་པ་ཆད། ", engine="synthetic 1")
    assert ask(running) == Draft("ཟམ་པ་ཆད།", "synthetic 1")
    assert json.loads(running.got[0]) == {"text": "桥断了", "source": "zh-hans", "target": "bo"}
    assert running.headers[0]["Authorization"] == "Bearer key"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"not json", b"[]", b"null", b"{}", b'{"text": 5}', b'{"text": "  "}', b"\xff\xfe",
        b'{"text": "a\\u0000b"}', json.dumps({"text": "x" * (LONGEST + 1)}).encode(), b'{"text": "cut',
    ],
)  # fmt: skip
def test_junk_is_no_draft(running: Machine, body: bytes) -> None:
    running.body = body
    assert ask(running) is None


@pytest.mark.parametrize(
    ("status", "later"), [(301, False), (400, False), (403, False), (429, True), (500, True)]
)
def test_a_refusal_is_no_draft_and_a_broken_machine_is_left_alone(
    running: Machine, status: int, later: bool
) -> None:
    running.say(text="ཟམ་པ")
    running.status = status
    if later:
        with pytest.raises(Unreachable):
            ask(running)
    else:
        assert ask(running) is None


def test_a_machine_that_hangs_or_drips_is_left_in_time(running: Machine) -> None:
    running.hang = True
    with pytest.raises(Unreachable):
        ask(running, timeout=0.1)
    running.hang, running.drip = False, True
    running.say(text="x" * 500)
    with pytest.raises(Unreachable):
        ask(running, timeout=0.1)


def test_nobody_there_and_an_address_inside_that_was_not_listed(running: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    with pytest.raises(Unreachable):
        HttpTranslator(url, inside=LOOPBACK).translate("桥", "zh-hans", "bo")
    with pytest.raises(Unreachable):
        HttpTranslator(running.url).translate("桥", "zh-hans", "bo")
    assert running.got == []


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST + 1)])
def test_what_is_empty_or_too_long_does_not_leave(running: Machine, text: str) -> None:
    assert ask(running, text) is None
    assert running.got == []
