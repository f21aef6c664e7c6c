"""One-time passwords: easy to read out over a telephone, useless after the first sign-in."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without l, o, i, 0 and 1, which are mistaken for one another."""
GROUPS, GROUP = 3, 4


def one_time() -> str:
    """Twelve letters in groups of four, about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
