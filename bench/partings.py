"""One parting of a table learnt from and measured, beside the plain machine on the same rows; several at a time."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import process_time

from bench.ceiling import Limits, limits
from bench.reports import Wanted, destinations, fresh, known_words, reports, table
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying import baseline, learning, reporting
from mulian.modules.cases.domain.classifying.reporting import Measured
from mulian.modules.cases.domain.classifying.rows import Row, once
from mulian.modules.cases.domain.classifying.tables import Columns, read

WITH_SPLIT, WITHOUT = Columns("text", "label", "split"), Columns("text", "label")


@dataclass(frozen=True)
class Parting:
    """A table and how it is parted: invented reports with so many `fresh` ones more to measure with, or a `file` of
    which so many rows as `learn` are learnt from (0: four fifths). `alone`: without the plain machine."""

    name: str
    seed: int
    wanted: Wanted | None = None
    fresh: int = 0
    file: Path | None = None
    learn: int = 0
    alone: bool = False


@dataclass(frozen=True)
class Found:
    """What was measured: seconds of a core and the most bytes that learning took, and the figures of both."""

    parting: Parting
    labels: int
    rows: int
    seconds: float
    memory: int
    ours: Measured
    theirs: Measured | None
    limits: Limits | None


def measured(partings: Sequence[Parting], processes: int) -> Iterator[Found]:
    """Each in a process of its own, so that memory is its own too; in their order."""
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    with ProcessPoolExecutor(processes, get_context("spawn"), max_tasks_per_child=1) as pool:
        yield from pool.map(_measured, partings)


def _measured(parting: Parting) -> Found:
    wanted = parting.wanted
    learn, test = _of_file(parting) if wanted is None else _invented(wanted, parting)
    words = known_words(wanted) if wanted else []
    places = destinations() if wanted and wanted.level > 1 else None
    begun = process_time()
    model = learning.learn(learn, hints=words, places=places)
    seconds = process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    theirs = None if parting.alone else reporting.of_baseline(baseline.train([*learn, *words], 1), test)
    goes = (lambda topic: places[topic].receivers) if places else None
    best = limits(wanted, goes) if wanted and not parting.alone else None
    labels = len({row.label for row in learn})
    return Found(parting, labels, len(learn), seconds, memory, reporting.of(model, test), theirs, best)


def _invented(wanted: Wanted, parting: Parting) -> tuple[Sequence[Row], Sequence[Row]]:
    if parting.alone:
        rows = [Row(each.text, each.topic) for each in reports(wanted)]
        return rows[: -parting.fresh], rows[-parting.fresh :]
    made = read(table(wanted).encode(), WITH_SPLIT)
    return once(made.all), fresh(wanted, parting.fresh, made.all)


def _of_file(parting: Parting) -> tuple[Sequence[Row], Sequence[Row]]:
    """Where there is a column split it parts the table, the same for each seed."""
    assert parting.file is not None
    raw = parting.file.read_bytes()
    try:
        made = read(raw, WITH_SPLIT)
    except Problem:
        rows = list(read(raw, WITHOUT).all)
        Random(parting.seed).shuffle(rows)
        learn = parting.learn or len(rows) * 4 // 5
        return rows[:learn], rows[learn:]
    return made.train, made.test
