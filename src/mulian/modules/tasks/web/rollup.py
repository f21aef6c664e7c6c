"""How a task stands, as pages show it: parts of the tree, and people where the tree ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mulian.core.areas import queries as areas
from mulian.core.areas.codes import Level, level
from mulian.core.files.queries import attached
from mulian.kernel.actor import Actor
from mulian.modules.households import public as households
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import State
from mulian.modules.tasks.domain.standing import Standing, grouped, standing
from mulian.modules.tasks.models import Assignment, Task
from mulian.modules.tasks.queries import lists
from mulian.modules.tasks.queries.lists import Line
from mulian.modules.tasks.queries.wordings import words_in
from mulian.modules.tasks.web import words

VALUED = (Asks.YES_NO, Asks.NUMBER)
NEXT = {Level.COUNTY: 9, Level.TOWNSHIP: 12}
"""Level → length of the codes one step below it; from the village on, people are listed."""


def row(line: Line, at: datetime) -> dict[str, Any]:
    """A task with how it stands, and one's own part."""
    late = line.mine is not None and line.mine.state == State.OPEN and line.mine.due_at <= at
    here = words_in(line.task, words.language())
    return {
        "task": line.task, "words": here, "standing": line.standing, "mine": line.mine, "mine_late": late
    }  # fmt: skip


def page(task: Task, actor: Actor, at: datetime, wanted: str) -> dict[str, Any]:
    """The roll-up of one area of the task: its parts with their numbers, or its people."""
    seen = lists.words(task.id, actor)
    top = _top(task, [word.area for word in seen])
    here = wanted if wanted.isdigit() and wanted.startswith(top) and len(wanted) in (9, 12) else top
    inside = [word for word in seen if word.area.startswith(here)]
    length = _length(here, [word.area for word in inside])
    chain = [area for area in areas.chain(here) if len(top) <= len(area.code) < len(here)]
    found: dict[str, Any] = {"here": areas.area(here), "chain": chain, "total": standing(inside, at)}
    if length is None:
        return found | {"people": _people(task, actor, at, here)}
    parts = grouped(inside, lambda code: code[:length], at)
    return found | {"parts": _named(parts)}


def _top(task: Task, codes: list[str]) -> str:
    """Where the actor's view begins: the lowest county, township or village that holds all they see of the task."""
    low, high = min(codes, default=task.area_id), max(codes, default=task.area_id)
    apart = (n for n, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1])
    shared = low[: next(apart, len(low))]
    step = next((length for length in (12, 9, 6) if length <= len(shared)), len(shared))
    return max(shared[:step], task.area_id, key=len)


def _length(here: str, codes: list[str]) -> int | None:
    """How long the codes of the next step are; None where people are listed."""
    step = NEXT.get(level(here))
    return step if step and any(len(code) >= step for code in codes) else None


def _named(parts: dict[str, Standing]) -> list[dict[str, Any]]:
    names = areas.names(parts, words.language())
    return [
        {"code": code, "name": names.get(code, code), "standing": each, "deeper": len(code) in (6, 9, 12)}
        for code, each in parts.items()
    ]


def _people(task: Task, actor: Actor, at: datetime, here: str) -> list[dict[str, Any]]:
    """Everybody's part, who has not answered first."""
    rows = sorted(lists.parts(task.id, actor, area=here), key=lambda part: _order(part, at))
    families = households.brief([part.household for part in rows if part.household], actor, at)
    sounds = {each.sent: each for each in attached(subject_kind="task", subject_id=task.id)}
    return [
        {
            "part": part,
            "state": words.STATES[_state(part, at)],
            "household": families.get(part.household) if part.household else None,
            "voice": sounds.get(part.voice),
            "photos": [sounds[name] for name in part.photos if name in sounds],
            "late": part.answered_at is not None and part.answered_at > part.due_at,
            "open": part.state == State.OPEN,
            "aloud": task.asks in VALUED and part.done is True and part.yes is None and part.number is None,
        }
        for part in rows
    ]


def _order(part: Assignment, at: datetime) -> tuple[int, str, str]:
    return (["late", "open", "not_done", "answered"].index(_state(part, at)), part.area_id, str(part.id))


def _state(part: Assignment, at: datetime) -> str:
    if part.state == State.ANSWERED:
        return "answered" if part.done else "not_done"
    return "late" if part.due_at <= at else "open"
