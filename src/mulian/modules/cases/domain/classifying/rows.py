"""Texts whose topic is known: read from a table, cleaned, parted."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mulian.kernel.problems import Problem, register

NO_COLUMN = register(
    "classify.no_column",
    422,
    "The table has no column %(column)s; it has: %(columns)s.",
    "Name the column of the texts and the column of the labels.",
)
NOT_UTF8 = register(
    "classify.not_utf8", 422, "The table is not Unicode text.", "Save it as CSV in Unicode and try again."
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
_LONGEST_FIELD = 4_000_000
_TRAIN = ("train", "training", "learn", "训练", "0")
TRANSCRIPT = "heard"
"""A fact beside the words: they were spoken, and a machine or a listener wrote them down."""
HELD_OUT = 5
"""Without a split column, one text in five is held out."""


@dataclass(frozen=True)
class Row:
    """A text, its topic, and facts beside the words (`TRANSCRIPT`)."""

    text: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Which columns hold what; an empty name: there is none."""

    text: str
    label: str
    split: str = ""
    also: str = ""


@dataclass(frozen=True)
class Table:
    """Rows to learn from and rows to measure with, and what was left out (numbers of rows)."""

    train: tuple[Row, ...]
    test: tuple[Row, ...]
    incomplete: int = 0
    repeated: int = 0
    leaked: int = 0

    @property
    def all(self) -> tuple[Row, ...]:
        return self.train + self.test


def read(raw: bytes, columns: Columns) -> Table:
    """A CSV in UTF-8, with or without BOM. A text given twice counts once; one on both sides only in the test.

    Raises `classify.not_utf8`, `classify.no_column`, `classify.bad_table`, `classify.no_rows`.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(NOT_UTF8) from error
    csv.field_size_limit(_LONGEST_FIELD)
    lines = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    _require(columns, lines.fieldnames or ())
    try:
        return _parted(lines, columns)
    except csv.Error as error:
        raise Problem(BAD_TABLE, line=lines.line_num) from error


def _parted(lines: csv.DictReader[str], columns: Columns) -> Table:
    train: list[Row] = []
    test: list[Row] = []
    incomplete = 0
    for line in lines:
        row = _row(line, columns)
        if not row.text.strip() or not row.label:
            incomplete += 1
            continue
        (train if _to_learn_from(line, row, columns) else test).append(row)
    if not train and not test:
        raise Problem(NO_ROWS)
    return _cleaned(train, test, incomplete)


def _require(columns: Columns, there: Sequence[str]) -> None:
    for column in (columns.text, columns.label, columns.split, columns.also):
        if column and column not in there:
            raise Problem(NO_COLUMN, column=column, columns=", ".join(there) or "–")


def _row(line: Mapping[str, str | None], columns: Columns) -> Row:
    also = (line.get(columns.also) or "").split() if columns.also else ()
    label = unicodedata.normalize("NFC", (line.get(columns.label) or "").strip())
    return Row(line.get(columns.text) or "", label, tuple(also))


def _to_learn_from(line: Mapping[str, str | None], row: Row, columns: Columns) -> bool:
    if columns.split:
        return (line.get(columns.split) or "").strip().lower().startswith(_TRAIN)
    return not held_out(row.text)


def held_out(key: str) -> bool:
    """Whether a text (or the id of one) is for measuring: the same for ever, so that no later model learns it."""
    return hashlib.sha256(key.strip().encode("utf-8", "surrogatepass")).digest()[0] % HELD_OUT == 0


def _cleaned(train: Sequence[Row], test: Sequence[Row], incomplete: int) -> Table:
    once_test = _once(test)
    measured = {same(row.text) for row in once_test}
    once_train = _once(train)
    fair = tuple(row for row in once_train if same(row.text) not in measured)
    repeated = len(train) + len(test) - len(once_train) - len(once_test)
    return Table(fair, once_test, incomplete, repeated, len(once_train) - len(fair))


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each text once, with the label most of its rows have (the first on a tie)."""
    said: dict[str, list[Row]] = {}
    for row in rows:
        said.setdefault(same(row.text), []).append(row)
    return tuple(
        replace(same[0], label=Counter(each.label for each in same).most_common(1)[0][0])
        for same in said.values()
    )


def same(text: str) -> str:
    """One spelling of texts that count as the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sample(rows: Sequence[Row], at_most: int) -> tuple[Row, ...]:
    """An even, repeatable choice among many rows; of each label at least one."""
    if len(rows) <= at_most:
        return tuple(rows)
    numbered = sorted(
        range(len(rows)), key=lambda at: hashlib.sha256(rows[at].text.encode("utf-8", "replace")).digest()
    )
    chosen = set(numbered[:at_most])
    first: dict[str, int] = {}
    for at in numbered:
        first.setdefault(rows[at].label, at)
    return tuple(rows[at] for at in sorted(chosen | set(first.values())))
