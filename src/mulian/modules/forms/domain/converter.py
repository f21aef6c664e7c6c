"""The throw-away process: limits itself, converts the forms on its input, answers on its output.

Run as `python -I -m mulian.modules.forms.domain.converter`. It is given no path and opens none; killed, it costs the
server nothing.
"""

from __future__ import annotations

import json
import sys

from mulian.core.child.limits import limit
from mulian.modules.forms.domain.converting import NotConverted, xform

CPU_SECONDS = 20
MEMORY = 768 * 1024 * 1024
LARGEST = 8 * 1024 * 1024
"""Bytes of XML that one form may become."""


def main() -> int:
    """One answer for each form: its XML or the converter's sentence."""
    limit(cpu=CPU_SECONDS, memory=MEMORY, written=16 * LARGEST, files=64)
    answers = []
    for tables in json.load(sys.stdin.buffer):
        try:
            answers.append({"xform": xform(tables)})
        except NotConverted as wrong:
            answers.append({"wrong": str(wrong)[:400]})
    sys.stdout.buffer.write(json.dumps(answers, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
