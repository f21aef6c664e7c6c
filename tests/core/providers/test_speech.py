"""Without an engine every voice goes to people."""

from pathlib import Path

from mulian.core.providers.speech import NoTranscriber


def test_no_engine_says_so() -> None:
    engine = NoTranscriber()
    assert engine.languages() == frozenset()
    assert engine.transcribe(Path("voice.webm"), "bo") is None
