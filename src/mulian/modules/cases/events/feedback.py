"""Facts about the family's word on an answer."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(AboutCase):
    """The family's word on the answer; `solved` is None while only a voice says it."""

    name = "cases.feedback_given"
    personal = frozenset({"text"})
    solved: bool | None
    stars: int | None = None
    text: str = ""
    voices: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedbackHeard(AboutCase):
    """A listener wrote down the family's voice on the answer; `solved` is what it says, None for neither."""

    name = "cases.feedback_heard"
    personal = frozenset({"transcript"})
    solved: bool | None
    transcript: str
