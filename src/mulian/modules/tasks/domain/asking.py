"""What a task asks back, and whether an answer gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mulian.kernel.problems import register

WORDS_NEEDED = register(
    "tasks.words_needed",
    422,
    "The answer says nothing.",
    "Say it by voice or write it. What could not be done needs its reason.",
)
YES_NO_NEEDED = register(
    "tasks.yes_no_needed", 422, "The task asks for yes or no.", "Choose one of them and save again."
)
NUMBER_NEEDED = register(
    "tasks.number_needed", 422, "The task asks for a number.", "Enter a number from 0 to 1,000,000,000."
)
PHOTO_NEEDED = register(
    "tasks.photo_needed", 422, "The task asks for a photo.", "Take a photo and save again."
)

MOST = 1_000_000_000.0
"""No herd, no sum of a village is larger; beyond it a finger rested on the keys."""


class Asks(StrEnum):
    """What is asked back."""

    DONE = "done"
    YES_NO = "yes_no"
    NUMBER = "number"
    PHOTO = "photo"
    VOICE = "voice"


Value = bool | float | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody answers. `done` is False for "it could not be done".

    `words`: by voice or in writing; `spoken`: by voice.
    """

    done: bool = True
    value: Value = None
    words: bool = False
    spoken: bool = False
    photos: int = 0


def fault(asks: Asks, answer: Answer) -> str | None:
    """The problem's code, or None when the answer gives what is asked.

    Whatever was asked, "it could not be done" is an answer too, with its reason. Who cannot write says yes, no or the
    number aloud; an officer writes it down.
    """
    if not answer.done:
        return None if answer.words else WORDS_NEEDED
    match asks:
        case Asks.YES_NO:
            return None if isinstance(answer.value, bool) or _aloud(answer) else YES_NO_NEEDED
        case Asks.NUMBER:
            return None if _is_number(answer.value) or _aloud(answer) else NUMBER_NEEDED
        case Asks.PHOTO:
            return None if answer.photos else PHOTO_NEEDED
        case Asks.VOICE:
            return None if answer.words else WORDS_NEEDED
    return None


def _aloud(answer: Answer) -> bool:
    return answer.spoken and answer.value is None


def _is_number(value: Value) -> bool:
    """True and False are no numbers here; a NaN compares with nothing."""
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= MOST
