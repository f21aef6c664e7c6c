"""Labelled texts from a CSV: any columns, any labels, any script; read as it is found, cleaned, parted."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.classifying.rows import HELD_OUT, Row, digest, once, same

NO_COLUMN = register(
    "classify.no_column",
    422,
    "The table has no column %(column)s; it has: %(columns)s.",
    "Name the column of the texts and the column of the labels.",
)
NOT_TEXT = register(
    "classify.not_text",
    422,
    "The table is neither Unicode text nor Chinese text as older programs save it.",
    "Save it as CSV in Unicode and try again.",
)
BAD_TABLE = register(
    "classify.bad_table", 422, "Line %(line)s of the table cannot be read.", "Save it as CSV again."
)
NO_ROWS = register(
    "classify.no_rows",
    422,
    "No row has both a text and a label.",
    "Look whether the right columns were named.",
)
NOTHING_HELD_OUT = register(
    "classify.nothing_held_out",
    422,
    "No row is left to measure with.",
    "Give more rows, or a column that says which rows are for measuring.",
)
NOTHING_TO_LEARN = register(
    "classify.nothing_to_learn",
    422,
    "No row is there to learn from: the column %(column)s says train nowhere.",
    "Write train or test in that column, or name none: then a fifth measures.",
)
_LONGEST_FIELD = 4_000_000
_TRAIN = ("train", "learn", "训练", "0")
_VALIDATION = ("val", "dev", "验证")
_ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheets save; GB 18030 holds GBK and GB 2312."""
_TWO_BYTES = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a spreadsheet's "Unicode text" begins."""
_BETWEEN = (",", "\t", ";")


@dataclass(frozen=True)
class Columns:
    """Which columns hold what; an empty name: there is none."""

    text: str
    label: str
    split: str = ""
    also: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(each for each in (self.text, self.label, self.split, self.also) if each)


@dataclass(frozen=True)
class Table:
    """Rows to learn from and rows to measure with, and what was left out (numbers of rows).

    `aside` are rows the split column keeps for choosing between models: neither learnt from nor measured with.
    """

    train: tuple[Row, ...]
    test: tuple[Row, ...]
    incomplete: int = 0
    repeated: int = 0
    leaked: int = 0
    aside: int = 0

    @property
    def all(self) -> tuple[Row, ...]:
        return self.train + self.test


def read(raw: bytes, columns: Columns) -> Table:
    """A CSV in UTF-8 (with or without BOM), UTF-16 or GB 18030, between commas, tabs or semicolons.

    A text given twice counts once; one on both sides only in the test. Raises `classify.not_text`,
    `classify.no_column`, `classify.bad_table`, `classify.no_rows`, `classify.nothing_to_learn`.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _lines(_decoded(raw).replace("\0", ""), columns)
    try:
        return _parted(lines, columns)
    except csv.Error as error:
        raise Problem(BAD_TABLE, line=lines.line_num) from error


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-16",) if raw.startswith(_TWO_BYTES) else _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem(NOT_TEXT)


def _lines(text: str, columns: Columns) -> csv.DictReader[str]:
    """The table as dictionaries, its columns' names without blanks around them."""
    found: list[str] = []
    for between in _BETWEEN:
        lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
        names = [name.strip() for name in _first(lines)]
        if set(columns.named) <= set(names):
            lines.fieldnames = names
            return lines
        found = found or names
    missing = next(each for each in columns.named if each not in found)
    raise Problem(NO_COLUMN, column=missing, columns=", ".join(found)[:200] or "–")


def _first(lines: csv.DictReader[str]) -> Sequence[str]:
    try:
        return lines.fieldnames or ()
    except csv.Error as error:
        raise Problem(BAD_TABLE, line=1) from error


def _parted(lines: csv.DictReader[str], columns: Columns) -> Table:
    sides: dict[str, list[Row]] = {"train": [], "test": [], "aside": []}
    incomplete = 0
    for line in lines:
        row = _row(line, columns)
        if not row.text.strip() or not row.label:
            incomplete += 1
            continue
        sides[_side(line.get(columns.split) or "") if columns.split else "train"].append(row)
    if not any(sides.values()):
        raise Problem(NO_ROWS)
    if columns.split and not sides["train"]:
        raise Problem(NOTHING_TO_LEARN, column=columns.split)
    if not columns.split:
        return _divided(sides["train"], incomplete)
    test, aside = (sides["test"], sides["aside"]) if sides["test"] else (sides["aside"], [])
    return replace(_cleaned(sides["train"], test, incomplete), aside=len(aside))


def _row(line: Mapping[str, str | None], columns: Columns) -> Row:
    also = (line.get(columns.also) or "").split() if columns.also else ()
    label = unicodedata.normalize("NFC", (line.get(columns.label) or "").strip())
    return Row(line.get(columns.text) or "", label, tuple(also))


def _side(said: str) -> str:
    said = said.strip().casefold()
    if said.startswith(_TRAIN):
        return "train"
    return "aside" if said.startswith(_VALIDATION) else "test"


def _divided(rows: Sequence[Row], incomplete: int) -> Table:
    """A fifth of the texts measures, spread over the labels; the same rows are always divided alike."""
    texts = once(rows)
    order = sorted(range(len(texts)), key=lambda at: (texts[at].label, digest(texts[at])))
    measured = set(order[HELD_OUT - 1 :: HELD_OUT])
    learn = tuple(row for at, row in enumerate(texts) if at not in measured)
    test = tuple(texts[at] for at in sorted(measured))
    return Table(learn, test, incomplete, len(rows) - len(texts))


def _cleaned(train: Sequence[Row], test: Sequence[Row], incomplete: int) -> Table:
    measured_once = once(test)
    measured = {same(row.text) for row in measured_once}
    learnt_once = once(train)
    fair = tuple(row for row in learnt_once if same(row.text) not in measured)
    repeated = len(train) + len(test) - len(learnt_once) - len(measured_once)
    return Table(fair, measured_once, incomplete, repeated, len(learnt_once) - len(fair))
