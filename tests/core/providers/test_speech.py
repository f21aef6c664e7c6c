"""The speech machine: none by default, so every voice goes to people; a configured one only drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from mulian.core.providers import speech
from mulian.core.providers.outbound import Unreachable
from mulian.core.providers.speech import LARGEST, HttpTranscriber, NoTranscriber, Transcript
from tests.core.providers.machine import Machine, machine

LOOPBACK = ("127.0.0.0/8",)
CHINESE = frozenset({"zh-hans"})


@pytest.fixture
def running() -> Iterator[Machine]:
    with machine() as made:
        yield made


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    made = tmp_path / "voice.webm"
    made.write_bytes(b"sound")
    return made


def test_no_engine_says_so() -> None:
    engine = speech.configured()
    assert isinstance(engine, NoTranscriber)
    assert engine.languages() == frozenset()
    assert engine.transcribe(Path("voice.webm"), "bo") is None


def test_the_sound_goes_out_with_its_language_and_a_draft_comes_back(running: Machine, voice: Path) -> None:
    running.say(text="桥断了", engine="synthetic 1")
    with override_settings(MULIAN_SPEECH_URL=running.url, MULIAN_SPEECH_ALLOWED=LOOPBACK):
        engine = speech.configured()
    assert engine.transcribe(voice, "zh-hans") == Transcript("桥断了", "synthetic 1")
    assert running.got == [b"sound"]
    assert running.headers[0]["Content-Language"] == "zh-hans"


def test_a_language_it_does_not_know_and_a_voice_too_large_stay_here(running: Machine, voice: Path) -> None:
    engine = HttpTranscriber(running.url, CHINESE, inside=LOOPBACK)
    assert engine.transcribe(voice, "bo") is None
    voice.write_bytes(b"x" * (LARGEST + 1))
    assert engine.transcribe(voice, "zh-hans") is None
    assert running.got == []


def test_junk_is_nothing_and_a_machine_that_hangs_or_is_broken_is_left_alone(
    running: Machine, voice: Path
) -> None:
    engine = HttpTranscriber(running.url, CHINESE, inside=LOOPBACK)
    running.body = b"<html>"
    assert engine.transcribe(voice, "zh-hans") is None
    running.status = 503
    with pytest.raises(Unreachable):
        engine.transcribe(voice, "zh-hans")
    running.hang = True
    with pytest.raises(Unreachable):
        HttpTranscriber(running.url, CHINESE, inside=LOOPBACK, timeout=0.1).transcribe(voice, "zh-hans")
