"""The demo's recorded labels: a few in Tibetan, as soft tones made here. Nobody is recorded and nobody is imitated."""

from __future__ import annotations

from datetime import datetime

from mulian.core.files import murmurs
from mulian.core.packs import Pack
from mulian.kernel.actor import SYSTEM
from mulian.modules.phrases import actions
from mulian.modules.phrases.queries.wanted import phrases

EXAMPLES = 8
"""Enough to hear that recorded labels play, few enough to see in the console what is missing."""
PAUSE, A_LETTER = 0.5, 0.06
"""Seconds a tone lasts, and how much longer with each letter of the label."""


def seed(*, pack: Pack, scale: str, at: datetime) -> int:
    """Gives the first labels a tone each; answers how many."""
    wanted = phrases("bo")[:EXAMPLES]
    for phrase in wanted:
        seconds = PAUSE + A_LETTER * len(phrase.words)
        sound = murmurs.bring(f"phrase:{phrase.words}", seconds=seconds, actor=SYSTEM, at=at)
        actions.record(
            language="bo", words=phrase.words, sha256=sound.sha256, actor=SYSTEM, at=at, example=True
        )
    return len(wanted)
