"""The throw-away process that opens the workbook: descriptor IN the template, OUT the copy, stdin what goes where.

Run as `python -I -m mulian.core.sheets.filling.child IN OUT`. Exit 2: the workbook cannot be opened, or has no such
cell. Exit 3: a cell holds a formula or lies hidden under merged cells.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
import zlib

from mulian.core.sheets.filling.packing import fill
from mulian.core.sheets.filling.writing import FIXED
from mulian.core.sheets.reading import packed
from mulian.core.sheets.reading.child import limit_myself
from mulian.core.sheets.reading.verdict import Refused


def main() -> int:
    limit_myself()
    values: dict[int, dict[str, int | float | str]] = {}
    for sheet, cell, value in json.load(sys.stdin):
        values.setdefault(sheet, {})[cell] = value
    with os.fdopen(int(sys.argv[1]), "rb") as file, os.fdopen(int(sys.argv[2]), "wb") as out:
        try:
            packed.measure(file)
            file.seek(0)
            fill(file, out, values)
        except Refused as refused:
            return 3 if refused.code == FIXED else 2
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, StopIteration, OSError):
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
