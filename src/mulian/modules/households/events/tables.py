"""Tables brought in, taken out and made for offices above."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutTable(Event):
    subject_kind = "table"


@dataclass(frozen=True, kw_only=True)
class TableTaken(_AboutTable):
    """A table was brought, with who gave it and what for; nothing of it counts yet."""

    name = "households.table_taken"
    source: str
    purpose: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class TableApplied(_AboutTable):
    """A brought table was written into the register; each household has its own event. `by`: empty for a feed."""

    name = "households.table_applied"
    source: str
    purpose: str
    by: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class TableUndone(_AboutTable):
    """A brought table was taken back; what others had changed since stayed."""

    name = "households.table_undone"
    source: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class _AboutExport(Event):
    subject_kind = "export"


@dataclass(frozen=True, kw_only=True)
class ExportAsked(_AboutExport):
    """Somebody asked for a table of households; `items` are codes of the catalogue."""

    name = "households.export_asked"
    purpose: str
    households: int
    items: list[str]
    people: bool


@dataclass(frozen=True, kw_only=True)
class ExportDecided(_AboutExport):
    """A second person allowed or refused it."""

    name = "households.export_decided"
    allowed: bool


@dataclass(frozen=True, kw_only=True)
class ExportMade(_AboutExport):
    """These households left in a table (one event for some hundreds); each may read for whom and for what."""

    name = "households.export_made"
    purpose: str
    found: list[str]
    items: list[str]


@dataclass(frozen=True, kw_only=True)
class ExportTaken(_AboutExport):
    """The table was downloaded by the one who asked."""

    name = "households.export_taken"


@dataclass(frozen=True, kw_only=True)
class _AboutReturn(Event):
    subject_kind = "return"


@dataclass(frozen=True, kw_only=True)
class ReturnMade(_AboutReturn):
    """A superior's table was filled from the ledger: counts only; `wrong`: totals that do not agree."""

    name = "households.return_made"
    form: str
    cells: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class ReturnSent(_AboutReturn):
    """This copy went up."""

    name = "households.return_sent"
    form: str
