"""`mulian classify train|eval FILE`: learns from a table of labelled texts, and says how good that is.

Loads scikit-learn, so it runs in a process of its own, never in the server.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from mulian.kernel import clock, faults
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.classifying import baseline, keeping, learning, prints, reporting, tables
from mulian.modules.cases.domain.classifying.destinations import Destination, by_receivers
from mulian.modules.cases.domain.classifying.hints import hints
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.domain.classifying.tables import Columns, Table

NO_FILE = register(
    "classify.no_file",
    404,
    "The file %(name)s cannot be read.",
    "Check its name and whether you may read it.",
)
NO_ROOM = register(
    "classify.no_room", 507, "The file %(name)s cannot be written.", "Choose another place for the model."
)
NO_PACK = register(
    "classify.no_pack",
    404,
    "There is no pack %(name)s whose words could be learnt.",
    "Name a pack of this installation, or the folder of one.",
)
NO_WORDS = register(
    "classify.no_words",
    422,
    "No label of the table is a topic of the pack %(name)s.",
    "Name the pack the labels come from, or learn without a pack's words.",
)
TOO_LARGE = register(
    "classify.too_large",
    413,
    "The file %(name)s is larger than %(most)s MB.",
    "Keep the columns of texts and labels alone, or take a part of the rows.",
)
STDIN = "-"
MOST_BYTES = 256_000_000
"""Of a table or model: a million short texts. A larger one would fill the memory before its first line is known."""


def run(options: argparse.Namespace) -> int:
    """Carries out one command. Raises the Problems of `classify`."""
    columns = Columns(options.text, options.label, options.split, options.also)
    table = tables.read(_content(options.file), columns)
    options.hints, options.places = _words(options.words, table) if options.words else ((), {})
    return _train(options, table) if options.what == "train" else _evaluate(options, table, columns)


def nightly() -> int:
    """Learns from the confirmed cases of this installation; what it made is used only when it is better."""
    from mulian.modules.cases.actions import retraining  # noqa: PLC0415 -- the other commands need no database

    try:
        made = retraining.learn(now=clock.now())
    except Problem:
        raise
    except Exception as error:  # never its message: it may quote a report
        print(f"not learnt: {faults.told(error)}", file=sys.stderr)
        return 1
    print(f"{made.name}: {made.state} ({made.reason})")
    print(f"learnt from {made.learnt_from:,} cases, measured with {made.held_out:,}")
    return 0


def _train(options: argparse.Namespace, table: Table) -> int:
    """Without a split column a fifth is measured first; then the model that is kept learns from every row."""
    kept = table.train if options.split else table.all
    if not options.quiet:
        learnt = _learn(table.train, options)
        _report(options, table, learnt, table.test, table.train)
    if options.quiet or (kept != table.train and options.model):
        learnt = _learn(kept, options)
    if options.model:
        _keep(learnt, options.model)
    return 0


def _evaluate(options: argparse.Namespace, table: Table, columns: Columns) -> int:
    if not options.model:
        _report(options, table, _learn(table.train, options), table.test, table.train)
        return 0
    model = keeping.from_bytes(_content(options.model))
    train, test = (table.train, table.test) if options.split else ((), table.all)
    if options.against:
        whole = Columns(columns.text, columns.label, also=columns.also)
        train = tables.read(_content(options.against), whole).all
    fair = prints.unseen(test, model.learnt)
    if len(fair) < len(test):
        print(f"{len(test) - len(fair):,} rows left out: the model learnt from them")
    _report(options, table, model, fair, train)
    return 0


def _learn(train: tuple[Row, ...], options: argparse.Namespace) -> Model:
    if not train:
        raise Problem(tables.NO_ROWS)
    begun = perf_counter()

    def tell(said: str) -> None:
        if not options.quiet:
            print(f"[{perf_counter() - begun:5.0f} s] {said}", file=sys.stderr, flush=True)

    return learning.learn(
        train,
        hints=options.hints,
        places=options.places,
        seed=options.seed,
        name=options.name,
        private=options.private,
        tell=tell,
    )


def _words(name: str, table: Table) -> tuple[tuple[Row, ...], dict[str, Destination]]:
    """The pack's words for the labels of the table, known before any row was, and where each topic's reports go."""
    from mulian.core import packs  # noqa: PLC0415 -- only this option needs the settings
    from mulian.core.registry import resolve  # noqa: PLC0415 -- as above
    from mulian.modules.cases.queries.rules import READER  # noqa: PLC0415 -- as above

    try:
        topics = resolve(READER)(packs.load(name)).topics
    except packs.BrokenPack as wrong:
        raise Problem(NO_PACK, name=name) from wrong
    found = hints(topics, {row.label for row in table.all})
    if not found:
        raise Problem(NO_WORDS, name=name)
    return tuple(found), by_receivers(topics)


def _report(
    options: argparse.Namespace, table: Table, model: Model, test: tuple[Row, ...], train: tuple[Row, ...]
) -> None:
    if options.quiet:
        return
    if not test:
        raise Problem(tables.NOTHING_HELD_OUT)
    ours = reporting.of(model, test)
    plain = [*train, *options.hints]
    theirs = reporting.of_baseline(baseline.train(plain, options.seed), test) if train else None
    if options.json:
        told = {"mulian": asdict(ours), "baseline": asdict(theirs) if theirs else None}
        print(json.dumps(told, ensure_ascii=False))
        return
    print("\n".join(_heading(table, model, test, train)))
    print("\n".join(reporting.told(ours, theirs)))


def _heading(table: Table, model: Model, test: tuple[Row, ...], train: tuple[Row, ...]) -> list[str]:
    learnt = len(learning.bounded(train)) if train else len(model.learnt)
    of = f" (of {len(train):,}: more would not fit in memory)" if train and learnt < len(train) else ""
    unknown = sum(row.label not in set(model.topics) for row in test)
    return [
        f"{len(model.topics)} labels; {learnt:,} rows learnt from{of}, {len(test):,} measured with; left out:",
        f"  {table.incomplete:,} without text or label, {table.repeated:,} repeated,"
        f" {table.leaked:,} on both sides (measured with, not learnt from), {table.aside:,} set aside for choosing",
        *([f"{unknown:,} rows have a label nothing was learnt of; they count as wrong"] if unknown else []),
    ]


def _content(name: str) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(NO_FILE, name=name) from error
    if len(raw) > MOST_BYTES:
        raise Problem(TOO_LARGE, name=name, most=MOST_BYTES // 1_000_000)
    return raw


def _keep(model: Model, name: str) -> None:
    """Whole or not at all: a reader never finds half a file."""
    place = Path(name)
    part = place.with_name(f"{place.name}.part")
    try:
        part.write_bytes(keeping.to_bytes(model))
        part.replace(place)
    except OSError as error:
        raise Problem(NO_ROOM, name=name) from error
