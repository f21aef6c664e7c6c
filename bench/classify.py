"""How well reports are sorted, beside a plain linear machine on the same rows: `python -m bench.classify [PART…]`.

Parts (all, where nothing is named), on reports invented in both scripts (`bench.reports`), half of them told in words
that stand in no pack, the other half in the pack's, all of which are known before any report, as a county has them:

- `county`: 97 topics and the 19 topmost. What goes by itself and how much of it rightly, to a topic or its receivers;
  what is asked with two buttons; macro F1; in how many partings less than 98% were right.
- `curve`: how many confirmed reports a topic it takes until 80% go by themselves.
- `many`: 200,000 reports: seconds of a core, memory, the file, milliseconds a text.

Named files are CSVs with the columns text and label, parted anew for each seed; a column split parts them instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from statistics import mean

from scipy.stats import binom

from bench.partings import Found, Parting, measured
from bench.reports import Wanted
from bench.table import show
from mulian.modules.cases.domain.classifying.calibration import PRECISION, TRUST
from mulian.modules.cases.domain.classifying.reporting import WANTED
from mulian.site.benching.measures import Row as Figure

PARTS = ("county", "curve", "many")
LEVELS = {2: "97 topics", 1: "19 topics"}
SCRIPTS = {"zh": "Chinese", "bo": "Tibetan"}
CURVE = (600, 1200, 4800)
MOST_SECONDS, MOST_MEMORY, MOST_FILE, MOST_MILLIS = 900, 1_500_000_000, 15_000_000, 5.0


def main(arguments: Sequence[str]) -> int:
    """Prints what each part found beside its goals, as soon as it is known."""
    options = _options(arguments)
    files = [Path(each) for each in options.what if each not in PARTS]
    parts = [each for each in options.what if each in PARTS] or ([] if files else PARTS)
    if files:
        _show(_run(_files(files, options), options), "tables")
    if "county" in parts:
        _show(
            _run(_county(options), options),
            "as a county has it: all of the pack's words known, half said otherwise",
        )
    if "curve" in parts:
        show("how many confirmed reports it takes", _curve(_run(_rising(options), options)))
    if "many" in parts:
        show("very many reports", _many(_run(_most(options), options)))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.classify", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"parts ({', '.join(PARTS)}) or files; all parts")
    parser.add_argument("--seeds", type=int, default=5, help="partings of each table")
    parser.add_argument("--rows", type=int, default=2400, help="reports learnt from")
    parser.add_argument("--fresh", type=int, default=4000, help="reports measured with")
    parser.add_argument("--own", type=float, default=0.5, help="share told in words no pack has")
    parser.add_argument("--known", type=float, default=1.0, help="share of the pack's words known before")
    parser.add_argument("--many", type=int, default=200_000, help="reports of the part of that name")
    parser.add_argument("--level", type=int, choices=(1, 2), help="only topmost topics, or only those below")
    parser.add_argument(
        "--learn", type=int, default=0, help="rows of a file to learn from, the rest measures"
    )
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)


def _run(partings: Sequence[Parting], options: argparse.Namespace) -> Iterator[Found]:
    for found in measured(partings, options.processes):
        one, other = found.ours.figures, found.theirs.figures if found.theirs else None
        beside = f" (SVM {other.macro_f1:.3f})" if other else ""
        print(
            f"  {found.parting.name}, {found.parting.seed}: {found.rows:,} rows, F1 {one.macro_f1:.3f}{beside},"
            f" sent {one.sent:.1%}, right {one.sent_right or 0:.2%}, {found.seconds:.0f} s of a core",
            flush=True,
        )
        yield found


def _files(files: Sequence[Path], options: argparse.Namespace) -> list[Parting]:
    seeds = range(1, options.seeds + 1)
    return [Parting(file.stem, seed, file=file, learn=options.learn) for file in files for seed in seeds]


def _county(options: argparse.Namespace) -> list[Parting]:
    return [
        _parting(script, level, options.rows, seed, options)
        for level in _levels(options)
        for script in SCRIPTS
        for seed in range(1, options.seeds + 1)
    ]


def _rising(options: argparse.Namespace) -> list[Parting]:
    scale = options.rows / 2400
    rows = sorted({*(int(each * scale) for each in CURVE), options.rows})
    return [_parting(script, max(_levels(options)), each, 1, options) for script in SCRIPTS for each in rows]


def _most(options: argparse.Namespace) -> list[Parting]:
    wanted = Wanted("zh", options.many + options.fresh, 1, 2, options.own, options.known)
    return [Parting(f"{options.many:,} reports", 1, wanted, options.fresh, alone=True)]


def _parting(script: str, level: int, rows: int, seed: int, options: argparse.Namespace) -> Parting:
    wanted = Wanted(script, rows, seed, level, options.own, options.known)
    return Parting(f"{SCRIPTS[script]}, {LEVELS[level]}", seed, wanted, options.fresh)


def _levels(options: argparse.Namespace) -> tuple[int, ...]:
    return (2, 1) if options.level is None else (options.level,)


def _show(found: Iterator[Found], title: str) -> None:
    every = list(found)
    show(title, (row for name, each in groupby(every, _name) for row in _means(name, list(each))))
    show("the promise", _promise(every))


def _name(found: Found) -> str:
    return found.parting.name


def _means(name: str, found: Sequence[Found]) -> Iterator[Figure]:
    """Over all texts measured, whatever the parting."""
    ours = [each.ours.figures for each in found]
    sent, right = mean(each.sent for each in ours), _rightly(found)
    reached = sent >= WANTED and right >= PRECISION
    yield Figure(f"{name}: sent by itself", f"{sent:.1%}, {right:.2%} rightly", "≥ 80% at ≥ 98%", reached)
    asked = sum(each.rows * (1 - each.sent) for each in ours)
    two = sum(each.rows * (1 - each.sent) * each.asked_in_two for each in ours) / max(asked, 1)
    yield Figure(f"{name}: asked with two buttons", f"{1 - sent:.1%}, right one among them {two:.1%}")
    theirs = [each.theirs.figures for each in found if each.theirs]
    one, other = mean(each.macro_f1 for each in ours), mean(each.macro_f1 for each in theirs)
    yield Figure(f"{name}: macro F1", f"{one:.3f}, SVM {other:.3f}", "above the SVM", one > other)
    one, other = mean(each.at_precision for each in ours), mean(each.at_precision for each in theirs)
    figure = f"{one:.1%}, SVM {other:.1%}"
    yield Figure(f"{name}: topics that could go, known after", figure, "not below the SVM", one >= other)
    if best := [each.limits.sendable for each in found if each.limits]:
        yield Figure(f"{name}: could go at 98% by who made them", f"{mean(best):.1%}")


def _rightly(found: Sequence[Found]) -> float:
    sent = sum(each.ours.figures.rows * each.ours.figures.sent for each in found)
    right = sum(
        each.ours.figures.rows * each.ours.figures.sent * (each.ours.figures.sent_right or 0)
        for each in found
    )
    return right / sent if sent else 0.0


def _promise(found: Sequence[Found]) -> Iterator[Figure]:
    """As many partings may lie below as chance allows 95 times of 100, where each may with the chance it has."""
    broken = sum((each.ours.figures.sent_right or 1) < PRECISION for each in found)
    allowed = int(binom.ppf(0.95, len(found), 1 - TRUST))
    figure = f"{broken} of {len(found)}"
    yield Figure(f"partings with less than {PRECISION:.0%} right", figure, f"≤ {allowed}", broken <= allowed)
    slowest = max(each.ours.micros_p99 for each in found) / 1000
    yield Figure(
        "a text, 99 of 100", f"{slowest:.2f} CPU-ms", f"≤ {MOST_MILLIS:.0f} ms", slowest <= MOST_MILLIS
    )
    largest = max(each.ours.size for each in found)
    yield Figure("the largest file", f"{largest / 1e6:.1f} MB", "≤ 15 MB", largest <= MOST_FILE)


def _curve(found: Iterator[Found]) -> Iterator[Figure]:
    for name, each in groupby(found, _name):
        enough = 0.0
        for one in each:
            of_each, figures = one.rows / one.labels, one.ours.figures
            right = f", {figures.sent_right:.1%} rightly" if figures.sent_right else ""
            yield Figure(f"{name}: {of_each:.0f} a topic ({one.rows:,})", f"{figures.sent:.1%} sent{right}")
            enough = enough or (of_each if figures.sent >= WANTED else 0.0)
        yield Figure(f"{name}: 80% go from", f"{enough:.0f} reports a topic" if enough else "not reached")


def _many(found: Iterator[Found]) -> Iterator[Figure]:
    for each in found:
        name, ours = each.parting.name, each.ours
        seconds, memory, millis = each.seconds, each.memory, ours.micros_p99 / 1000
        yield Figure(
            f"{name}: learnt in", f"{seconds:.0f} CPU-s", f"≤ {MOST_SECONDS} s", seconds <= MOST_SECONDS
        )
        yield Figure(f"{name}: memory", f"{memory / 1e6:,.0f} MB", "≤ 1,500 MB", memory <= MOST_MEMORY)
        yield Figure(f"{name}: file", f"{ours.size / 1e6:.1f} MB", "≤ 15 MB", ours.size <= MOST_FILE)
        yield Figure(f"{name}: a text, 99 of 100", f"{millis:.2f} CPU-ms", "≤ 5 ms", millis <= MOST_MILLIS)
        figures = ours.figures
        yield Figure(f"{name}: sent by itself", f"{figures.sent:.1%}, {figures.sent_right or 0:.2%} rightly")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
