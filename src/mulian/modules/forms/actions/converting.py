"""Starts the throw-away child that makes XForms, and hears what it says (G21)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mulian.core.child.starting import Ended, run
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
    told = json.dumps(list(forms), ensure_ascii=False).encode()
    child = run("mulian.modules.forms.domain.converter", told, seconds=WALL_SECONDS, most=LARGEST)
    return _heard(child, len(forms))


def _heard(child: Ended, wanted: int) -> list[str]:
    """A child that died had too much to do."""
    if not child.well:
        raise Problem("forms.too_heavy")
    try:
        found = json.loads(child.said)
    except ValueError:
        raise Problem("forms.too_heavy") from None
    wrong = next((each["wrong"] for each in found if "wrong" in each), None)
    if wrong is not None or len(found) != wanted:
        raise Problem("forms.cell_converter", sheet="survey", row="–", column="–", text=wrong or "")
    return [each["xform"] for each in found]
