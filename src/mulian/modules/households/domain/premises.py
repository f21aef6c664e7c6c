"""What a form may tell of an institution: how many fit in, and what was found safe on which day. Nobody is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

OF = "institution"
CAPACITY = "institution.capacity"
CHECKED_ON = "check.on"
"""The day of the checks; without it the day the form was filled in."""
CHECK = "check."
SAFE = {True: True, False: False, "yes": True, "no": False}
"""What an answer or a calculation says of it."""


def answers_of(checks: Iterable[str]) -> dict[str, str]:
    """Code a form's question may carry → type of its answer, for these codes of safety checks."""
    return {CAPACITY: "count", CHECKED_ON: "date"} | {f"{CHECK}{code}": "safe" for code in checks}


def sound(told: Mapping[str, object]) -> dict[str, bool]:
    """Safety check → whether it was found safe, of what a form told."""
    checks = {code.removeprefix(CHECK): value for code, value in told.items() if code.startswith(CHECK)}
    checks.pop(CHECKED_ON.removeprefix(CHECK), None)
    return {
        code: SAFE[value] for code, value in checks.items() if isinstance(value, bool | str) and value in SAFE
    }
