"""What may be kept of an error: its kind and its place, never its message, which may quote a person's row (G28)."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from mulian.kernel.problems import Problem

SHORT = 4
"""How many parts of a file's path say where it is."""


def kind(error: BaseException) -> str:
    """The class by its full name, with a Problem's code or a database's state (`ValueError`, `…Problem not_found`)."""
    found = type(error)
    name = (
        found.__qualname__ if found.__module__ == "builtins" else f"{found.__module__}.{found.__qualname__}"
    )
    code = error.code if isinstance(error, Problem) else getattr(error, "sqlstate", None) or ""
    return f"{name} {code}".rstrip()


def place(error: BaseException) -> str:
    """The line it was raised in and, where that is somebody else's, the line of ours that led there."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "mulian" in PurePath(frame.filename).parts]
    return " < ".join(dict.fromkeys(map(_line, [*frames[-1:], *ours[-1:]])))


def _line(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(PurePath(frame.filename).parts[-SHORT:])}:{frame.lineno} {frame.name}"


def told(error: BaseException) -> str:
    """Both in one line, as it stands in a table or a log."""
    return f"{kind(error)} at {place(error)}" if place(error) else kind(error)
