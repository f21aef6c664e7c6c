"""Ways to bring a table in a test."""

from __future__ import annotations

import io
from datetime import datetime
from tempfile import TemporaryFile
from uuid import UUID

from mulian.core.sheets.writing import Sheet, csv_bytes
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions import importing
from mulian.modules.households.actions.importing import Bringing, mapping
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.queries import importing as queries
from tests.world import AT, VILLAGE

TITLES = ["户编号", "户主", "村", "姓名", "与户主关系", "出生年月", "联系电话", "牦牛"]


def taken(
    rows: list[list[str]],
    actor: Actor,
    *,
    titles: list[str] = TITLES,
    area: str = VILLAGE,
    id: UUID | None = None,
) -> Import:
    data = csv_bytes(Sheet(name="", titles=titles, rows=rows))
    about = Bringing(area=area, source="村台账", purpose="核对牲畜", file_name="台账.csv")
    with TemporaryFile() as file:
        file.write(io.BytesIO(data).getbuffer())
        return importing.take_table(id=id or uuid7(AT), file=file, about=about, actor=actor, at=AT)


def compared(rows: list[list[str]], actor: Actor, **more: object) -> Import:
    """Taken, given the suggested meanings, and judged."""
    row = taken(rows, actor, **more)  # type: ignore[arg-type]
    importing.map_columns(table=row.id, mapping=mapping.suggested(row), actor=actor, at=AT)
    work_on(AT)
    row.refresh_from_db()
    return row


def applied(row: Import, actor: Actor, at: datetime = AT) -> Import:
    importing.apply_table(table=row.id, actor=actor, at=at)
    work_on(at)
    row.refresh_from_db()
    return row


def states(row: Import) -> list[tuple[int, str]]:
    """First line → state of every family."""
    return list(queries.heads(row).values_list("number", "state"))


def line(row: Import, number: int) -> ImportLine:
    return ImportLine.objects.get(table=row, sheet=row.sheet, number=number)
