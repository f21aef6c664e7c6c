"""Log lines without anybody's data (guarantee G28)."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

from mulian.kernel import faults

KEY = re.compile(r"(/openrosa/key/)[^/\s\"'?]+")
"""A device's key stands in the addresses a form program calls."""


class PlainFormatter(logging.Formatter):
    """No line holds a key. Tracebacks keep places and kinds of errors, not their messages.

    (A database quotes whole rows in them.)
    """

    def format(self, record: logging.LogRecord) -> str:
        return KEY.sub(r"\1…", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  the name is the library's
        lines = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            lines.append(faults.kind(error) + "\n")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()
