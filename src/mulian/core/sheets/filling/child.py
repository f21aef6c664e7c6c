"""The throw-away process that opens the workbook: descriptor IN the template, OUT the copy, stdin what goes where.

Run as `python -I -m mulian.core.sheets.filling.child IN OUT`. Exit 2: the workbook cannot be opened, or has no such
cell.
"""

from __future__ import annotations

import json
import os
import sys

from mulian.core.sheets.reading import packed
from mulian.core.sheets.reading.child import limit_myself
from mulian.core.sheets.reading.verdict import Refused


def main() -> int:
    limit_myself()
    wanted = json.load(sys.stdin)
    with os.fdopen(int(sys.argv[1]), "rb") as file, os.fdopen(int(sys.argv[2]), "wb") as out:
        try:
            packed.measure(file)
        except Refused:
            return 2
        import openpyxl  # noqa: PLC0415 -- slow import, after the limits

        try:
            file.seek(0)
            book = openpyxl.load_workbook(file, keep_links=False)
            for sheet, cell, value in wanted:
                place = book.worksheets[sheet][cell]
                place.value = value
                if isinstance(value, str):
                    place.data_type = "s"
            book.save(out)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError):
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
