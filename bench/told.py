"""What benches told: rows kept over several runs, and the table they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.places import POSTGRESQL

FILLING = "{}, filling"
"""The title of what only fills a bench's database."""


@dataclass(frozen=True)
class Told:
    """A row of one run, under the title it was shown with. `reached`: None where there is no goal."""

    bench: str
    database: str
    title: str
    what: str
    figure: str
    goal: str
    reached: bool | None


def replaced(before: Sequence[Told], new: Sequence[Told]) -> list[Told]:
    """The rows of a bench on a database take the place of what was told under their titles before."""
    again = {_part(row) for row in new}
    return [*(row for row in before if _part(row) not in again), *new]


def _part(row: Told) -> tuple[str, str, bool]:
    """What is run at once: a bench on a database, or the filling before it."""
    return row.bench, row.database, row.title == FILLING.format(row.bench)


def kept(file: Path | None) -> list[Told]:
    lines = file.read_text(encoding="utf-8").splitlines() if file and file.exists() else []
    return [Told(**json.loads(line)) for line in lines]


def keep(file: Path | None, rows: Iterable[Told]) -> None:
    if file:
        lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        file.write_text("".join(lines), encoding="utf-8")


def table(rows: Sequence[Told]) -> Iterator[str]:
    """Markdown: a line for each thing measured, a column for each database; a missed goal is said in bold."""
    yield from ("", "| bench | what | goal | SQLite, or no database | PostgreSQL |", "|---|---|---|---|---|")
    for bench, title, what in dict.fromkeys((row.bench, row.title, row.what) for row in rows):
        mine = [row for row in rows if (row.bench, row.title, row.what) == (bench, title, what)]
        first, second = (
            "; ".join(_cell(row) for row in mine if (row.database == POSTGRESQL) is there)
            for there in (False, True)
        )
        yield f"| `bench.{bench}` | {title}: {what} | {mine[0].goal} | {first or '–'} | {second or '–'} |"


def _cell(row: Told) -> str:
    return f"{row.figure}: **missed**" if row.reached is False else row.figure
