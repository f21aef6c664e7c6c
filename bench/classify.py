"""How well reports are sorted, beside a plain linear machine on the same rows: `python -m bench.classify [FILE…]`.

Without files: invented reports in both scripts (bench/reports.py says what they are worth). Files are CSVs with the
columns text, label and split.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.reports import table
from mulian import cli

ROWS = 3000
SEED = 1


def main(files: list[str]) -> int:
    """Prints the figures of `mulian classify train` for each table."""
    with tempfile.TemporaryDirectory() as folder:
        for level, script in ((1, "zh"), (1, "bo"), (2, "zh"), (2, "bo")) if not files else ():
            made = Path(folder) / f"invented-{script}-level{level}.csv"
            made.write_text(table(script, ROWS, SEED, level), "utf-8")
            files.append(str(made))
        return max(_one(name) for name in files)


def _one(name: str) -> int:
    print(f"== {Path(name).name}", flush=True)
    columns = ["--text", "text", "--label", "label", "--split", "split"]
    return cli.main(["classify", "eval", name, *columns])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
