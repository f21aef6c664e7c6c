"""Invented reports, what is learnt from them once for all tests of a process, and tables as people make them."""

from __future__ import annotations

import csv
import io
from functools import cache

from bench.reports import Wanted, table
from mulian.modules.cases.domain.classifying import learning
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, measure
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.domain.classifying.tables import Columns, Table, read

WANTED = Columns("text", "label", "split")


@cache
def invented(script: str, number: int = 900, level: int = 1) -> Table:
    return read(table(Wanted(script, number, seed=3, level=level)).encode(), WANTED)


@cache
def learnt(script: str) -> Model:
    return learning.learn(invented(script).train, name=f"test-{script}")


def measured(model: Model, rows: tuple[Row, ...]) -> Figures:
    judged = [model.judge(row.text) for row in rows]
    return measure(
        [Answer(r.label, j.topics, j.certainty, j.sure) for r, j in zip(rows, judged, strict=True)]
    )


def sheet(*lines: tuple[str, ...], header: tuple[str, ...] = ("text", "label")) -> bytes:
    found = io.StringIO()
    csv.writer(found).writerows([header, *lines])
    return found.getvalue().encode()
