"""What became of a county's copied cases, as figures know it: two to five stretches of each, and kept periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.years import Copy
    from mulian.insight.domain.stretches import Standing, Stretch

STEPS = (("taken", 0.2, "cases.taken"), ("solved", 4.0, "cases.solved"), ("answered", 5.0, "cases.answered"),
         ("closed", 12.0, "cases.closed"))  # fmt: skip
"""A state, days after the report (about), the fact that brought it."""
BACK = timedelta(days=100)
"""How far back a settled month is asked for."""
MOST = 5
"""Stretches of a case, and so the numbers of events kept free for each."""


def write(made: Sequence[Copy], first: int, chance: Random) -> None:
    """The stretches of some copies; `first`: the place in the log of the first one's."""
    from mulian.core.database.rows import insert_values  # noqa: PLC0415 -- needs Django
    from mulian.insight.models import Segment  # noqa: PLC0415 -- as above
    from mulian.insight.queries.rows import NAMES, values  # noqa: PLC0415 -- as above

    found = [s for n, each in enumerate(made) for s in _life(each, first + MOST * n, chance)]
    insert_values(Segment, NAMES, [values(each) for each in found])


def count(now: datetime) -> None:
    """Keeps the periods that pages of figures can ask for, as the worker has by then; older ones nobody opens here."""
    from mulian.insight.actions.counting import keep, sweep_moving  # noqa: PLC0415 -- as above
    from mulian.insight.domain.periods import SHOWN, By, spans  # noqa: PLC0415 -- as above
    from mulian.kernel.clock import CN  # noqa: PLC0415 -- as above

    today = now.astimezone(CN).date()
    asked = {each for by in By for last in (today, today - BACK) for each in spans(by, last, SHOWN[by])}
    for each in sorted(asked):
        if each.settles <= now:
            keep(each, each.settles)
    sweep_moving(now)


def _life(each: Copy, pos: int, chance: Random) -> Iterator[Stretch]:
    """Reported, then as far as its state says; one in twenty was never proven."""
    from dataclasses import replace  # noqa: PLC0415 -- beside the others

    standing = _standing(each)
    before = _stretch(each, 1, pos, each.at, standing, "cases.reported")
    names = [state for state, _, _ in STEPS]
    reached = names.index(each.state) + 1 if each.state in names else int(each.state != "reported")
    for number, (state, days, fact) in enumerate(STEPS[:reached], start=2):
        at = max(each.at + timedelta(days=days * chance.uniform(0.2, 1.8)), before.since)
        over = state in ("solved", "answered", "closed")
        proof = ("said" if chance.random() < 0.05 else "seen") if state == "solved" else before.standing.proof
        standing = replace(before.standing, state=state, outcome="solved" if over else "", proof=proof)
        yield replace(before, until=at, ended=fact)
        before = _stretch(each, number, pos + number - 1, at, standing, fact)
    yield before


def _standing(each: Copy) -> Standing:
    from mulian.insight.domain.stretches import Standing  # noqa: PLC0415 -- as above

    case: Any = each.model.case
    return Standing(
        state="reported", unit=case.responsible_unit_id, level=case.responsible_level, area=case.area_id,
        topic=case.topic, kind="problem", urgent=each.urgent, outcome="", joined=False, complaint=False,
    )  # fmt: skip


def _stretch(each: Copy, number: int, pos: int, at: datetime, standing: Standing, fact: str) -> Stretch:
    from mulian.insight.domain.stretches import Stretch  # noqa: PLC0415 -- as above
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above

    return Stretch(
        id=uuid7(at), case=each.id, number=number, pos=pos, received=each.at, spoken=each.at, since=at,
        standing=standing, began=fact,
    )  # fmt: skip
