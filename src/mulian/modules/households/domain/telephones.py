"""Telephone numbers as people type and read them out."""

from __future__ import annotations

import re

SHORTEST = 5
"""Digits of the shortest number somebody can be called by."""


def dialled(phone: str) -> tuple[str, ...]:
    """A number as it was typed, then without the spaces and dashes it is read out with; empty for anything else."""
    typed = phone.strip()
    plain = re.sub(r"[\s-]", "", typed)
    if len(plain) < SHORTEST or not re.fullmatch(r"\+?[0-9]+", plain):
        return ()
    return tuple(dict.fromkeys((typed, plain)))
