"""How well reports are sorted, beside a plain linear machine on the same rows: `python -m bench.classify [FILE…]`.

Without files: invented reports in both scripts, with few and many topics, told in sentences that were learnt from and
in others (bench/reports.py says what they are worth). Files are CSVs with the columns text and label, parted anew for
each seed; where there is a column split it parts them, once.

`--fresh 6000 --seeds 20` asks whether the promise holds: each model is measured with 6,000 reports more, so that how
many of the partings fall below 98% is told by the models and not by the chance of few measured texts.

`--rows 500 1000 2000 4000` is the curve of what more confirmed reports bring; `--words 0.5` tells both sorters half of
the pack's words before any report, as a county knows all of them. The invented reports are made from these words:
with all of them nothing is said of words a county has and its pack has not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from statistics import mean

from scipy.stats import binom

from bench.reports import destinations, fresh, known_words, limits, table
from bench.table import show
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying import baseline, learning, reporting
from mulian.modules.cases.domain.classifying.calibration import PRECISION, TRUST
from mulian.modules.cases.domain.classifying.destinations import Destinations
from mulian.modules.cases.domain.classifying.reporting import WANTED, Measured
from mulian.modules.cases.domain.classifying.rows import Row, once
from mulian.modules.cases.domain.classifying.tables import Columns, read
from mulian.site.benching.measures import Row as Figure

WITH_SPLIT, WITHOUT = Columns("text", "label", "split"), Columns("text", "label")
_HEAD = (
    "table",
    "labels",
    "rows",
    "seed",
    "F1",
    "SVM",
    "≥98%",
    "SVM",
    "sent",
    "right",
    "of two",
    "µs p99",
    "bytes",
)
_WIDE = (28, 6, 7, 5, 6, 6, 6, 6, 6, 7, 6, 7, 11)


@dataclass(frozen=True)
class Sides:
    """Rows to learn from and to measure with, and words known before."""

    name: str
    seed: int
    learn: Sequence[Row]
    test: Sequence[Row]
    words: Sequence[Row] = ()
    places: Destinations | None = None


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each table and seed, then what was reached on average."""
    options = _options(arguments)
    print(_line(_HEAD))
    found: dict[str, list[tuple[Measured, Measured]]] = {}
    for sides in _files(options) if options.files else _invented(options):
        ours = reporting.of(learning.learn(sides.learn, hints=sides.words, places=sides.places), sides.test)
        theirs = reporting.of_baseline(baseline.train([*sides.learn, *sides.words], 1), sides.test)
        labels = len({row.label for row in sides.learn})
        print(_line((sides.name, labels, len(sides.learn), sides.seed, *_cells(ours, theirs))), flush=True)
        found.setdefault(sides.name, []).append((ours, theirs))
    show("means over seeds", (row for name, pairs in found.items() for row in _means(name, pairs)))
    if not options.files:
        show("what nobody could better on the invented tables", _limits(options))
    return 0


def _limits(options: argparse.Namespace) -> Iterator[Figure]:
    """Words never learnt with their topic cannot be sure; words of several topics cannot be told apart."""
    for level, script, rows in product(_levels(options), ("zh", "bo"), options.rows):
        seeds = range(1, options.seeds + 1)
        found = [limits(script, rows, seed, level, options.words) for seed in seeds]
        name = _name(script, level, rows, strange=False)
        yield Figure(f"{name}: words learnt with their topic", f"{mean(each.known for each in found):.1%}")
        yield Figure(f"{name}: the word tells the topic", f"{mean(each.told_apart for each in found):.1%}")
        yield Figure(f"{name}: could go at 98% right", f"{mean(each.sendable for each in found):.1%}")


def _name(script: str, level: int, rows: int, *, strange: bool) -> str:
    return f"{script} level {level}, {rows}{', strange' if strange else ''}"


def _levels(options: argparse.Namespace) -> tuple[int, ...]:
    return (1, 2) if options.level is None else (options.level,)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.classify", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--rows",
        type=int,
        nargs="+",
        default=[3000],
        help="invented reports in a table, a fifth to measure with",
    )
    parser.add_argument("--words", type=float, default=0.0, help="share of the pack's words known before")
    parser.add_argument(
        "--fresh", type=int, default=0, help="learn from whole tables, measure with so many more"
    )
    parser.add_argument(
        "--learn", type=int, default=0, help="rows of a file to learn from, the rest measures"
    )
    parser.add_argument("--plain", action="store_true", help="no table told in sentences never learnt from")
    parser.add_argument("--level", type=int, choices=(1, 2), help="only topmost topics, or only those below")
    return parser.parse_args(arguments)


def _invented(options: argparse.Namespace) -> Iterator[Sides]:
    told = (False,) if options.plain else (False, True)
    for level, script, strange, rows in product(_levels(options), ("zh", "bo"), told, options.rows):
        for seed in range(1, options.seeds + 1):
            made = read(table(script, rows, seed, level, strange=strange).encode(), WITH_SPLIT)
            words = known_words(script, level, options.words, seed)
            name, places = _name(script, level, rows, strange=strange), destinations() if level > 1 else None
            if options.fresh:
                more = fresh(script, options.fresh, seed, level, made.all)
                yield Sides(name, seed, once(made.all), more, words, places)
            else:
                yield Sides(name, seed, made.train, made.test, words, places)


def _files(options: argparse.Namespace) -> Iterator[Sides]:
    for file in options.files:
        try:
            made = read(file.read_bytes(), WITH_SPLIT)
        except Problem:
            rows = list(read(file.read_bytes(), WITHOUT).all)
            learn = options.learn or len(rows) * 4 // 5
            for seed in range(1, options.seeds + 1):
                Random(seed).shuffle(rows)
                yield Sides(file.stem, seed, rows[:learn], rows[learn:])
        else:
            yield Sides(file.stem, 1, made.train, made.test)


def _cells(ours: Measured, theirs: Measured) -> tuple[str, ...]:
    one, other = ours.figures, theirs.figures
    right = "–" if one.sent_right is None else f"{one.sent_right:.2%}"
    return (
        f"{one.macro_f1:.3f}", f"{other.macro_f1:.3f}", f"{one.at_precision:.1%}", f"{other.at_precision:.1%}",
        f"{one.sent:.1%}", right, f"{one.in_two:.1%}", f"{ours.micros_p99:,.0f}", f"{ours.size:,}",
    )  # fmt: skip


def _means(name: str, pairs: Sequence[tuple[Measured, Measured]]) -> Iterator[Figure]:
    """Precision over all that was sent, whatever the seed."""
    ours, theirs = mean(a.figures.macro_f1 for a, _ in pairs), mean(b.figures.macro_f1 for _, b in pairs)
    better = sum(a.figures.macro_f1 > b.figures.macro_f1 for a, b in pairs)
    figure = f"{ours:.3f} beside {theirs:.3f}, better {better} of {len(pairs)} times"
    yield Figure(f"{name}: macro F1", figure, "above the plain machine", ours > theirs)
    sent = sum(a.figures.sent * a.figures.rows for a, _ in pairs)
    right = sum((a.figures.sent_right or 0) * a.figures.sent * a.figures.rows for a, _ in pairs)
    near = sum((a.figures.sent_near or 0) * a.figures.sent * a.figures.rows for a, _ in pairs)
    whole = sum(a.figures.sent_whole * a.figures.sent * a.figures.rows for a, _ in pairs)
    share = sent / sum(a.figures.rows for a, _ in pairs)
    rightly = f", {right / sent:.1%} rightly" if sent else ""
    branch = (
        f"; {whole / sent:.0%} to a topic itself, {near / sent:.1%} to the right topmost one" if near else ""
    )
    exact = sum((a.figures.sent_exact or 0) * a.figures.sent * a.figures.rows for a, _ in pairs)
    if exact < right:
        branch += f"; the topic right as far as said {exact / sent:.1%}"
    reached = share >= WANTED and right / sent >= PRECISION if sent else False
    yield Figure(f"{name}: sent by itself", f"{share:.1%}{rightly}{branch}", "≥ 80% at ≥ 98%", reached)
    broken = sum((a.figures.sent_right or 1) < PRECISION for a, _ in pairs)
    allowed = _allowed(len(pairs))
    yield Figure(
        f"{name}: partings with less than {PRECISION:.0%} right",
        f"{broken} of {len(pairs)}",
        f"≤ {allowed}",
        broken <= allowed,
    )


def _allowed(partings: int) -> int:
    """So many or fewer, 95 times of 100, where each breaks the promise with the chance it may."""
    return int(binom.ppf(0.95, partings, 1 - TRUST))


def _line(cells: Sequence[object]) -> str:
    return " ".join(f"{cell!s:>{wide}}" for cell, wide in zip(cells, _WIDE, strict=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
