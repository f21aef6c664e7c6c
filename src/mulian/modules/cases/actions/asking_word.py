"""What the family said was about the work or the answer before: each new one asks it anew."""

from __future__ import annotations

from mulian.modules.cases.models import Case


def ask_anew(row: Case) -> None:
    """Inside the step that brings something new to judge; the earlier word stays in the timeline."""
    row.family_solved = row.stars = None
