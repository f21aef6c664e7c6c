"""Colour, shape and word of everything a case can be: never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.words import STATES


@dataclass(frozen=True)
class Look:
    """A chip: its word in the page's language, its tone and its shape."""

    word: str
    tone: str
    shape: str


_STATE_LOOKS: Mapping[str, tuple[str, str]] = {
    "reported": ("accent", "ring"),
    "taken": ("info", "half"),
    "in_work": ("info", "full"),
    "waiting": ("neutral", "pause"),
    "solved": ("good", "tick"),
    "answered": ("good", "double-tick"),
    "closed": ("neutral", "square"),
    "returned": ("warn", "arrow-left"),
}
_STANDING_LOOKS: Mapping[str, tuple[str, str]] = {
    "responsible": ("accent", "full"),
    "helper": ("info", "half"),
    "watching": ("neutral", "ring"),
    "informed": ("neutral", "dot"),
}
_PART_LOOKS: Mapping[str, tuple[str, str]] = {
    "called": ("warn", "ring"),
    "here": ("info", "half"),
    "answered": ("good", "tick"),
    "let_go": ("neutral", "cross"),
}
MARKS: Mapping[str, str] = {
    "supervised": _("supervised"),
    "urged": _("urged"),
    "to_decide": _("asks for time"),
}
_MARK_LOOKS: Mapping[str, tuple[str, str]] = {
    "supervised": ("danger", "diamond"),
    "urged": ("warn", "arrow-up"),
    "to_decide": ("info", "clock"),
}
_EVENT_LOOKS: Mapping[str, tuple[str, str]] = {
    "cases.reported": ("accent", "send"),
    "cases.added": ("neutral", "plus"),
    "cases.topic_confirmed": ("neutral", "check"),
    "cases.place_set": ("neutral", "area"),
    "cases.rerouted": ("neutral", "people"),
    "cases.urgency_raised": ("danger", "shape-triangle"),
    "cases.urgency_lowered": ("neutral", "shape-dot"),
    "cases.taken": ("info", "shape-half"),
    "cases.started": ("info", "shape-full"),
    "cases.waiting": ("neutral", "shape-pause"),
    "cases.solved": ("good", "shape-tick"),
    "cases.answered": ("good", "shape-double-tick"),
    "cases.closed": ("neutral", "shape-square"),
    "cases.reopened": ("warn", "refresh"),
    "cases.returned": ("warn", "shape-arrow-left"),
    "cases.passed_up": ("warn", "shape-arrow-up"),
    "cases.transferred": ("info", "shape-arrow-right"),
    "cases.feedback_given": ("accent", "house"),
    "cases.feedback_heard": ("accent", "edit"),
    "cases.urged": ("warn", "bell"),
    "cases.reported_up": ("neutral", "shape-arrow-up"),
    "cases.promise_near": ("warn", "shape-clock"),
    "cases.promise_overdue": ("danger", "shape-triangle"),
    "cases.disputed": ("warn", "shape-arrow-up"),
    "cases.assigned": ("accent", "shape-arrow-right"),
    "cases.joined": ("neutral", "shape-arrow-right"),
    "cases.took_in": ("neutral", "plus"),
    "cases.parted": ("warn", "refresh"),
    "cases.joined_moved": ("neutral", "shape-dot"),
    "cases.service_opened": ("accent", "case"),
    "cases.paper_moved": ("info", "case"),
    "cases.service_step": ("good", "shape-tick"),
    "cases.outcome_entered": ("info", "flag"),
    "cases.outcome_reviewed": ("info", "check"),
    "cases.outcome_review_due": ("warn", "shape-clock"),
    "cases.whistled": ("accent", "whistle"),
    "cases.part_reported_in": ("info", "check"),
    "cases.part_answered": ("good", "shape-tick"),
    "cases.part_let_go": ("warn", "shape-cross"),
    "cases.part_due": ("warn", "shape-clock"),
    "cases.pause_decided": ("info", "shape-pause"),
    "cases.pause_ended": ("info", "shape-full"),
    "cases.contact_tried": ("neutral", "person"),
    "cases.interim_answered": ("good", "shape-tick"),
    "cases.extension_asked": ("warn", "shape-clock"),
    "cases.extension_decided": ("info", "shape-clock"),
    "cases.supervision_demanded": ("danger", "bell"),
    "cases.supervision_replied": ("info", "shape-double-tick"),
    "cases.supervision_accepted": ("good", "shape-tick"),
    "cases.voice_claimed": ("neutral", "speaker"),
    "cases.voice_transcribed": ("info", "edit"),
    "cases.voice_handed_over": ("neutral", "shape-arrow-right"),
}


def mark(code: str) -> Look:
    """A mark beside the state: supervised, urged, to be decided."""
    return Look(gettext(MARKS[code]), *_MARK_LOOKS[code])


def state(code: str) -> Look:
    """A state's chip."""
    return Look(gettext(STATES[code]), *_STATE_LOOKS[code])


def standing(code: str, words: str) -> Look:
    """A receiver's chip."""
    return Look(words, *_STANDING_LOOKS.get(code, ("neutral", "dot")))


def part(code: str, words: str) -> Look:
    """The chip of a part."""
    return Look(words, *_PART_LOOKS[code])


def stage(code: str, words: str, *, late: bool) -> Look:
    """Where a supervision stands."""
    if late:
        return Look(words, "danger", "clock")
    return Look(words, *(("warn", "double-tick") if code == "replied" else ("info", "ring")))


def event(name: str) -> tuple[str, str]:
    """Tone and icon of a line of the history."""
    return _EVENT_LOOKS.get(name, ("neutral", "shape-dot"))


def states() -> list[tuple[str, str]]:
    """(code, word) of every state, for a filter."""
    return [(code, gettext(STATES[code])) for code in STATES]


def is_voice_only(case: Case) -> bool:
    """Whether there are no words yet."""
    return not case.text.strip()
