"""Sentences translated before that are like those of a text. Offered beside the field, never put in by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.memory import NEAR, SHORTEST, bounds, segments, similarity, size
from mulian.modules.cases.models import Segment

LOOKED_AT = 2000
"""The newest sentences of a fitting length that are compared; more is no better and slower."""
OFFERED = 3


@dataclass(frozen=True, kw_only=True)
class Match:
    """A remembered sentence; `percent` is how alike, `exact` when the words are the same."""

    sentence: str
    original: str
    text: str
    percent: int
    exact: bool


def alike(text: str, language: str, actor: Actor, *, without: UUID | None = None) -> list[Match]:
    """For each sentence of a text the remembered ones most like it, best first, one of each wording.

    The memory is open to every interpreter of the installation: what is in it holds nobody's name or number.
    `without` leaves out what was kept from this very translation.
    """
    found: list[Match] = []
    for sentence in dict.fromkeys(segments(text)):
        length = size(sentence, language)
        if length >= SHORTEST:
            found += _of(sentence, length, language, without)
    return found


def _of(sentence: str, length: int, language: str, without: UUID | None) -> list[Match]:
    rows = Segment.objects.filter(language=language, size__range=bounds(length)).exclude(translation=without)
    best: dict[str, tuple[float, str]] = {}
    for original, text in rows.order_by("-kept_at", "-id").values_list("original", "text")[:LOOKED_AT]:
        value = similarity(sentence, original, language)
        if value >= NEAR and value > best.get(text, (0.0, ""))[0]:
            best[text] = (value, original)
    ranked = sorted(best.items(), key=lambda each: -each[1][0])[:OFFERED]
    return [
        Match(sentence=sentence, original=original, text=text, percent=int(value * 100), exact=value == 1.0)
        for text, (value, original) in ranked
    ]
