"""How a task stands: answered, open, late, with the numbers that came back, for any part of the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from mulian.modules.tasks.domain.following import State


@dataclass(frozen=True, kw_only=True)
class Word:
    """One person's part, as the roll-up reads it."""

    area: str
    about: str
    state: State
    due: datetime
    done: bool | None = None
    yes: bool | None = None
    number: float | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Counts of people's parts. `late` are open ones past their due time; `vacant`: places nobody serves now."""

    answered: int = 0
    not_done: int = 0
    open: int = 0
    late: int = 0
    vacant: int = 0
    yes: int = 0
    no: int = 0
    numbers: int = 0
    total: float = 0.0

    @property
    def asked(self) -> int:
        return self.answered + self.open + self.late

    @property
    def aloud(self) -> int:
        """Where yes, no or a number was asked: answers said aloud that nobody has written down yet."""
        return self.answered - self.not_done - self.yes - self.no - self.numbers

    @property
    def share(self) -> int:
        """Answered of asked, in whole per cent rounded down, so that 100 means all."""
        return 100 * self.answered // self.asked if self.asked else 0


def standing(words: Iterable[Word], now: datetime) -> Standing:
    """The counts of some parts. Closed parts count nowhere, but a place with only such is vacant."""
    rows = list(words)
    answered = [row for row in rows if row.state is State.ANSWERED]
    waiting = [row for row in rows if row.state is State.OPEN]
    late = sum(row.due <= now for row in waiting)
    numbers = [row.number for row in answered if row.number is not None]
    served = {row.about for row in (*answered, *waiting)}
    return Standing(
        answered=len(answered),
        not_done=sum(row.done is False for row in answered),
        open=len(waiting) - late,
        late=late,
        vacant=len({row.about for row in rows} - served),
        yes=sum(row.yes is True for row in answered),
        no=sum(row.yes is False for row in answered),
        numbers=len(numbers),
        total=sum(numbers),
    )


def grouped(words: Iterable[Word], part: Callable[[str], str], now: datetime) -> dict[str, Standing]:
    """part(area) → standing, in the order of the codes."""
    groups: dict[str, list[Word]] = {}
    for word in words:
        groups.setdefault(part(word.area), []).append(word)
    return {code: standing(groups[code], now) for code in sorted(groups)}
