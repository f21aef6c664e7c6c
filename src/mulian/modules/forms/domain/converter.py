"""The throw-away process: limits itself, converts the forms on its input, answers on its output.

Run as `python -I -m mulian.modules.forms.domain.converter`. It is given no path and opens none; killed, it costs the
server nothing.
"""

from __future__ import annotations

import json
import resource
import sys

from mulian.modules.forms.domain.converting import NotConverted, xform

CPU_SECONDS = 20
MEMORY = 768 * 1024 * 1024
LARGEST = 8 * 1024 * 1024
"""Bytes of XML that one form may become."""


def limit_myself() -> None:
    """Before anything from outside is read; a limit once lowered cannot be raised again."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 16 * LARGEST),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """One answer for each form: its XML or the converter's sentence."""
    limit_myself()
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
