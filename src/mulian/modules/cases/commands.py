"""`mulian classify train|eval FILE`: learns from a table of labelled texts, and says how good that is.

Loads scikit-learn, so it runs in a process of its own, never in the server.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from mulian.kernel import clock, faults
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.classifying import baseline, keeping, learning, prints, rows
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, measure
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.rows import Columns, Row, Table

NO_FILE = register(
    "classify.no_file",
    404,
    "The file %(name)s cannot be read.",
    "Check its name and whether you may read it.",
)
NO_ROOM = register(
    "classify.no_room", 507, "The file %(name)s cannot be written.", "Choose another place for the model."
)
STDIN = "-"


@dataclass(frozen=True)
class Measured:
    """Figures of one sorter; bytes it keeps, microseconds a text."""

    figures: Figures
    size: int
    micros: float


def run(options: argparse.Namespace) -> int:
    """Carries out one command. Raises the Problems of `classify`."""
    columns = Columns(options.text, options.label, options.split, options.also)
    table = rows.read(_content(options.file), columns)
    return _train(options, table) if options.what == "train" else _evaluate(options, table, columns)


def nightly() -> int:
    """Learns from the confirmed cases of this installation; what it made is used only when it is better."""
    from mulian.modules.cases.actions import retraining  # noqa: PLC0415 -- the other commands need no database

    try:
        made = retraining.learn(now=clock.now())
    except Exception as error:
        print(
            f"not learnt: {faults.told(error)}", file=sys.stderr
        )  # never its message: it may quote a report
        return 1
    print(f"{made.name}: {made.state} ({made.reason})")
    print(f"learnt from {made.learnt_from:,} cases, measured with {made.held_out:,}")
    return 0


def _train(options: argparse.Namespace, table: Table) -> int:
    """Without a split column a fifth is measured first; then the model that is kept learns from every row."""
    learnt = _learn(table.train or table.all, options)
    _report(options, table, learnt, table.test, table.train)
    if not options.split and table.test:
        learnt = _learn(table.all, options)
    if options.model:
        _keep(learnt, options.model)
    return 0


def _evaluate(options: argparse.Namespace, table: Table, columns: Columns) -> int:
    if not options.model:
        _report(options, table, _learn(table.train or table.all, options), table.test, table.train)
        return 0
    model = keeping.from_bytes(_content(options.model))
    train, test = (table.train, table.test) if options.split else ((), table.all)
    if options.against:
        whole = Columns(columns.text, columns.label, also=columns.also)
        train = rows.read(_content(options.against), whole).all
    fair = prints.unseen(test, model.learnt)
    if len(fair) < len(test):
        print(f"{len(test) - len(fair):,} rows left out: the model learnt from them")
    _report(options, table, model, fair, train)
    return 0


def _learn(train: tuple[Row, ...], options: argparse.Namespace) -> Model:
    if not train:
        raise Problem(rows.NO_ROWS)
    return learning.learn(train, seed=options.seed, name=options.name, private=options.private)


def _report(
    options: argparse.Namespace, table: Table, model: Model, test: tuple[Row, ...], train: tuple[Row, ...]
) -> None:
    if options.quiet:
        return
    if not test:
        raise Problem(rows.NOTHING_HELD_OUT)
    ours, theirs = _of(model, test), _of_baseline(train, test, options.seed) if train else None
    if options.json:
        told = {"mulian": asdict(ours), "baseline": asdict(theirs) if theirs else None}
        print(json.dumps(told, ensure_ascii=False))
        return
    learnt = len(train) or len(model.learnt)
    print(f"{len(model.topics)} labels; {learnt:,} rows learnt from, {len(test):,} measured with; left out:")
    print(f"  {table.incomplete:,} without text or label, {table.repeated:,} repeated,", end=" ")
    print(f"{table.leaked:,} on both sides (measured with, not learnt from)")
    _compare(ours, theirs)
    _mixed(ours.figures)


def _of(model: Model, test: tuple[Row, ...]) -> Measured:
    start = perf_counter()
    judged = [model.judge(row.text, row.also) for row in test]
    micros = (perf_counter() - start) / len(test) * 1e6
    answers = [
        Answer(row.label, each.topics, each.certainty, each.sure)
        for row, each in zip(test, judged, strict=True)
    ]
    return Measured(measure(answers), len(keeping.to_bytes(model)), micros)


def _of_baseline(train: tuple[Row, ...], test: tuple[Row, ...], seed: int) -> Measured:
    trained = baseline.train(rows.sample(train, learning.MOST_ROWS), seed)
    start = perf_counter()
    answers = trained.answers(test)
    return Measured(measure(answers), trained.size, (perf_counter() - start) / len(test) * 1e6)


def _compare(ours: Measured, theirs: Measured | None) -> None:
    print(f"{'':36}{'mulian':>12}{'n-gram SVM' if theirs else '':>14}")
    both = [ours, theirs] if theirs else [ours]
    for title, of in (
        ("macro F1", lambda m: f"{m.figures.macro_f1:.4f}"),
        ("accuracy", lambda m: f"{m.figures.accuracy:.4f}"),
        ("right topic among two buttons", lambda m: f"{m.figures.in_two:.4f}"),
        ("share that could go at ≥ 98% right", lambda m: f"{m.figures.at_precision:.1%}"),
        ("size, bytes", lambda m: f"{m.size:,}"),
        ("time, µs a text", lambda m: f"{m.micros:,.0f}"),
    ):
        first, *second = [of(each) for each in both]
        print(f"{title:36}{first:>12}{''.join(second):>14}")
    figures = ours.figures
    right = "–" if figures.sent_right is None else f"{figures.sent_right:.2%} of them rightly"
    print(
        f"sent by itself (threshold found while learning, on rows not learnt from): {figures.sent:.1%}, {right}"
    )
    print(f"asked with two buttons: {1 - figures.sent:.1%}; certainty is off by {figures.gap:.3f} on average")


def _mixed(figures: Figures) -> None:
    print("mixed up most often (right → said, times):")
    for right, said, times in figures.mixed:
        print(f"  {right} → {said}  {times}")


def _content(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Problem(NO_FILE, name=name) from error


def _keep(model: Model, name: str) -> None:
    """Whole or not at all: a reader never finds half a file."""
    place = Path(name)
    part = place.with_name(f"{place.name}.part")
    try:
        part.write_bytes(keeping.to_bytes(model))
        part.replace(place)
    except OSError as error:
        raise Problem(NO_ROOM, name=name) from error
