"""Reads desk.toml and glossary.toml: the listening desk, its interpreters, their words."""

from __future__ import annotations

from datetime import timedelta

from mulian.core.packs.pack import Table
from mulian.modules.cases.domain.desk import Desk, Watch
from mulian.modules.cases.domain.terms import Term


def desk_of(row: Table) -> Desk:
    """The pack's figures, or the defaults where it says nothing at all."""
    if not row:
        return Desk()
    listening, translating, rota = row["listening"], row["translating"], row["rota"]
    return Desk(
        asked=_minutes(listening["minutes"]),
        urgent_asked=_minutes(listening["urgent_minutes"]),
        again=_minutes(listening["again_minutes"]),
        translated=_minutes(translating["minutes"]),
        urgent_translated=_minutes(translating["urgent_minutes"]),
        held=_minutes(translating["held_minutes"]),
        urgent_held=_minutes(translating["urgent_held_minutes"]),
        warned=timedelta(hours=rota["warned_hours"]),
        languages=tuple(rota["languages"]),
        watches=tuple(_watch(each) for each in rota["watches"]),
    )


def term_of(row: Table) -> Term:
    """One word of glossary.toml."""
    return Term(row["code"], row["zh"], row["bo"], str(row.get("note", "")))


def _minutes(value: int) -> timedelta:
    return timedelta(minutes=value)


def _watch(text: str) -> Watch:
    starts, ends = (60 * int(each[:2]) + int(each[3:]) for each in text.split("-"))
    if starts == ends:
        raise ValueError(f"watch {text} is empty")
    return Watch(starts, ends)
