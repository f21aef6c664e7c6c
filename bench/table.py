"""A table of figures with their goals, as `mulian bench` prints it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from mulian.site.benching.measures import Row

ROWS = "MULIAN_BENCH_ROWS"
"""Where it names a file, rows are added to it as JSON, for the table of several benches."""


def show(title: str, rows: Iterable[Row]) -> None:
    """Each row as soon as it is known."""
    print(f"\n{title}", flush=True)
    for row in rows:
        mark = {True: "reached", False: "MISSED", None: ""}[row.reached]
        print(f"  {row.what:<50} {row.figure:<40} {row.goal:<18} {mark}".rstrip(), flush=True)
        if into := os.environ.get(ROWS):
            with open(into, "a", encoding="utf-8") as lines:
                lines.write(json.dumps({"title": title, **asdict(row)}, ensure_ascii=False) + "\n")


def at(share: float, values: Sequence[float]) -> float:
    """A percentile, the next value above it (of few values the largest)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def spread(values: Sequence[float], unit: str = "s") -> str:
    """The middle, the 95th of a hundred, and how many there were."""
    return f"p50 {at(0.5, values):.1f} {unit}, p95 {at(0.95, values):.1f} {unit}, n = {len(values)}"
