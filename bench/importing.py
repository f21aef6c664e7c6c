"""How long a table of many lines takes: read, kept, compared with a register, taken over, taken back.

  python -m bench.importing [--lines 50000] [--known 30000]        goal: 50,000 lines in 60 s, all steps together

Works in an empty folder of its own on SQLite, or in the database MULIAN_DATABASE_URL names (which must be empty). A
third of the families are known already, and one in ten of those has changed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from bench.table import show
from mulian.site.benching.measures import Row

LINES, GOAL = 50_000, 60.0
"""Lines, and seconds for them."""
MEMBERS = 4
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TITLES = ["户主", "村", "姓名", "与户主关系", "出生年", "电话", "牦牛", "绵羊"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--known", type=int, default=30_000, help="people in the register before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("MULIAN_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulian.settings")
        _ready()
        return _run(options.lines, options.known)


def _ready() -> None:
    from mulian.core.database import migrating  # noqa: PLC0415 -- the settings name the folder
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    preparing.setup()
    migrating.migrate()
    from tests.world import load_areas  # noqa: PLC0415 -- as above

    load_areas(AT)


def families(count: int, seed: int) -> Iterator[list[list[str]]]:
    """Made-up families: the same for the same seed."""
    from mulian.modules.households.domain.names import made_up_name  # noqa: PLC0415 -- needs settings
    from tests.world import FAR, TOWN, VILLAGE, VILLAGE2  # noqa: PLC0415 -- as above

    chance = Random(seed)
    villages = (VILLAGE, VILLAGE2, TOWN, FAR)
    for at in range(count):
        head, village = made_up_name(chance).zh, villages[at % len(villages)]
        first = [head, village, head, "户主", str(chance.randint(1940, 2000)), f"000{seed:02d}{at:06d}"]
        rest = [
            ["", "", made_up_name(chance).zh, "子", str(chance.randint(1980, 2020)), "", "", ""]
            for _ in "123"
        ]
        yield [[*first, str(chance.randint(0, 200)), str(chance.randint(0, 400))], *rest]


def _lines(several: list[list[list[str]]]) -> list[list[str]]:
    return [line for family in several for line in family]


def _run(lines: int, known: int) -> int:
    from tests.world import COUNTY  # noqa: PLC0415 -- needs settings

    old = list(families(known // MEMBERS, 1))
    _bring(_lines(old), COUNTY, {})
    third = min(len(old), lines // MEMBERS // 3)
    again = [[list(line) for line in family] for family in old[:third]]
    for family in again[::10]:
        family[0][6] = str(int(family[0][6]) + 1)
    table = _lines([*again, *families(lines // MEMBERS - third, 2)])
    taken: dict[str, float] = {}
    before = process_time()
    row = _bring(table, COUNTY, taken)
    together = sum(taken.values())
    computed = process_time() - before
    figure = f"{together:.1f} s, CPU {computed:.1f} s"
    goal = f"≤ {GOAL:.0f} s" if lines == LINES else ""
    rows = [Row(what, f"{seconds:.1f} s") for what, seconds in taken.items()]
    rows.append(
        Row("together; CPU without the child that reads", figure, goal, together <= GOAL if goal else None)
    )
    rows.append(Row("families", ", ".join(f"{state} {count:,}" for state, count in row.counts.items())))
    show(f"a table of {len(table):,} lines, {known:,} people known", rows)
    return 0


def _bring(rows: list[list[str]], area: str, taken: dict[str, float]) -> Any:
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- needs settings
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above
    from mulian.modules.households.actions import importing  # noqa: PLC0415 -- as above
    from mulian.modules.households.actions.importing import mapping  # noqa: PLC0415 -- as above
    from mulian.modules.households.actions.importing.comparing import compare  # noqa: PLC0415 -- as above
    from mulian.modules.households.models import ImportLine  # noqa: PLC0415 -- as above

    id: UUID = uuid7(AT)
    with tempfile.TemporaryFile() as file:
        _written(file, rows)
        about = importing.Bringing(area=area, source="测试", purpose="测速")
        row = _timed(
            taken, "read", lambda: importing.take_table(id=id, file=file, about=about, actor=SYSTEM, at=AT)
        )
    wanted = mapping.suggested(row)
    _timed(taken, "meanings", lambda: importing.map_columns(table=id, mapping=wanted, actor=SYSTEM, at=AT))
    row.refresh_from_db()
    _timed(taken, "compare", lambda: compare(row, AT))
    ImportLine.objects.filter(table=row, state="doubtful").update(state="left")
    importing.apply_table(table=id, actor=SYSTEM, at=AT)
    _timed(taken, "take over", lambda: _worked(row))
    row.refresh_from_db()
    return row


def _worked(row: Any) -> None:
    from mulian.modules.households.actions.importing import work_on  # noqa: PLC0415 -- needs settings

    while type(row).objects.filter(id=row.id, state="applying").exists():
        work_on(AT)


def _written(file: Any, rows: list[list[str]]) -> None:
    from mulian.core.sheets.writing import Sheet, write_xlsx  # noqa: PLC0415 -- needs the package

    write_xlsx(file, [Sheet(name="台账", titles=TITLES, rows=rows)])
    file.flush()


def _timed(taken: dict[str, float], what: str, act: Callable[[], Any]) -> Any:
    began = perf_counter()
    found = act()
    taken[what] = perf_counter() - began
    return found


if __name__ == "__main__":
    sys.exit(main())
