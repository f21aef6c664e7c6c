"""The throw-away process: limits itself, reads the table on descriptor 0, writes its lines to descriptor FD.

Run as `python -I -m mulian.core.sheets.reading.child FD`. Out come lines of JSON: `["name"]` begins a sheet,
`[number, [cells…]]` is a line of it. It is given no path and opens none; killed, it costs the server nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import IO

from mulian.core.child.limits import limit
from mulian.core.sheets import limits
from mulian.core.sheets.reading import packed, plain
from mulian.core.sheets.reading.verdict import Refused, Verdict

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"<",
    b"{",
)


def limit_myself() -> None:
    """Before a single untrusted byte is read: reading and filling are limited alike."""
    cpu = int(limits.CPU_SECONDS)
    limit(cpu=cpu, memory=limits.MEMORY, written=limits.WRITTEN, files=32)


def read(file: IO[bytes], out: IO[str]) -> int:
    """Writes every sheet; returns how many lines. Raises Refused."""
    if os.fstat(file.fileno()).st_size > limits.LARGEST:
        raise Refused("sheets.too_large")
    rows = 0
    for name, lines in _sheets(file):
        out.write(json.dumps([name], ensure_ascii=False) + "\n")
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            rows += 1
            if rows > limits.ROWS:
                raise Refused("sheets.too_many_rows")
    if not rows:
        raise Refused("sheets.empty")
    return rows


def _sheets(file: IO[bytes]) -> Iterator[tuple[str, Iterator[packed.Line]]]:
    """By the first bytes only: a name may say anything."""
    head = file.read(8).lstrip(b" \t\r\n")
    file.seek(0)
    if head.startswith(_ZIP):
        return packed.sheets(file)
    if head.startswith(_OLD):
        raise Refused("sheets.old_kind")
    if head.startswith(_NOT_TABLES):
        raise Refused("sheets.wrong_type")
    return plain.sheets(file)


def main() -> int:
    """Always answers when it can; a refusal is an answer, a death is not."""
    limit_myself()
    try:
        with (
            os.fdopen(0, "rb", closefd=False) as file,
            os.fdopen(int(sys.argv[1]), "w", encoding="utf-8") as out,
        ):
            verdict = Verdict(rows=read(file, out))
    except Refused as refusal:
        verdict = Verdict(refused=refusal.code)
    except (MemoryError, OSError):
        verdict = Verdict(refused="sheets.too_large")
    sys.stdout.buffer.write(verdict.dump())
    return 0


if __name__ == "__main__":
    sys.exit(main())
