"""Extensions: more time, asked for before the promise expires and granted by somebody else above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.promises import Promise, PromiseKind

EXTENDABLE = frozenset({PromiseKind.SOLVE})
"""Only the work can take longer; being taken, contacted and answered cannot."""
TOO_LATE = register(
    "cases.extension_too_late",
    409,
    "More time is asked for and granted before a promise expires, not after.",
    "The promise stays overdue; say in the case what hinders the work.",
)
TOO_OFTEN = register(
    "cases.extension_too_often",
    409,
    "This promise was extended as often as the county allows.",
    "Pass the case up, or make it a project.",
)
TOO_MUCH = register(
    "cases.extension_too_long",
    422,
    "This is more time than the county allows at once.",
    "Ask for fewer days.",
)
PENDING = register(
    "cases.extension_pending", 409, "More time was asked for already.", "Wait for the decision."
)
NONE_ASKED = register(
    "cases.no_extension_asked",
    409,
    "Nobody asks for more time here.",
    "Load the case again; what waits for a decision is shown there.",
)
OWN = register(
    "cases.own_request",
    403,
    "Whoever asked cannot decide.",
    "Somebody else above the responsible unit decides.",
)


class Asked(StrEnum):
    """What became of a request for more time; one that nobody decided in time has lapsed."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class ExtensionRules:
    """At most `most` grants a promise, each of at most `longest_days` days of its calendar."""

    most: int = 2
    longest_days: int = 15


def check_open(held: Promise | None, at: datetime) -> Promise:
    """The promise when more time can still be asked for and granted. Raises `cases.extension_too_late`."""
    if held is None or held.kind not in EXTENDABLE or held.met_at is not None:
        raise Problem(TOO_LATE)
    if held.paused_at is None and at >= held.due:
        raise Problem(TOO_LATE)
    return held


def check_asked(rules: ExtensionRules, *, days: int, granted: int, pending: bool) -> None:
    """Raises the Problem that says why so much cannot be asked for."""
    if pending:
        raise Problem(PENDING)
    if granted >= rules.most:
        raise Problem(TOO_OFTEN, most=rules.most)
    if not 1 <= days <= rules.longest_days:
        raise Problem(TOO_MUCH, days=rules.longest_days)
