"""How somebody may come to see what is kept of a family (G9)."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """Where it was read. What a liaison's phone holds by duty is no single reading: the slip names the liaison."""

    PAGE = "page"
    HISTORY = "history"
    FOUND = "found"
    WHERE = "where"
    TABLE = "table"
    LIST = "list"
    SLIP = "slip"
    PAPER = "paper"
    CASE = "case"
    HELP = "help"
