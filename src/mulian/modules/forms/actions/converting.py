"""Starts the throw-away child that makes XForms, and hears what it says (G21)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from tempfile import TemporaryFile

from mulian.kernel.problems import Problem, register
from mulian.modules.forms.domain.converting import Plain

WALL_SECONDS = 30.0
LARGEST = 64 * 1024 * 1024
"""Bytes of the child's answer."""

register(
    "forms.too_heavy", 422, "Converting this form takes too much.", "Make it smaller and publish it again."
)


def convert(forms: Sequence[Plain]) -> list[str]:
    """The XForms of several forms, made in one child. Raises `forms.cell_converter`, `forms.too_heavy`."""
    with TemporaryFile() as given, TemporaryFile() as said:
        given.write(json.dumps(list(forms), ensure_ascii=False).encode())
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-m", "mulian.modules.forms.domain.converter"],
            stdin=given,
            stdout=said,
            stderr=subprocess.DEVNULL,
            env={"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        said.seek(0)
        return _heard(code, said.read(LARGEST), len(forms))


def _heard(code: int, answer: bytes, wanted: int) -> list[str]:
    """A child that died had too much to do."""
    if code != 0:
        raise Problem("forms.too_heavy")
    try:
        found = json.loads(answer)
    except ValueError:
        raise Problem("forms.too_heavy") from None
    wrong = next((each["wrong"] for each in found if "wrong" in each), None)
    if wrong is not None or len(found) != wanted:
        raise Problem("forms.cell_converter", sheet="survey", row="–", column="–", text=wrong or "")
    return [each["xform"] for each in found]
