"""Facts about figures."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class FiguresTaken(Event):
    """Somebody took figures along as a table and said what for; `area`, `since` and `by` name which.

    `unit`: only what that office had.
    """

    name = "insight.figures_taken"
    subject_kind = "figures"
    area: str
    by: str
    since: str
    purpose: str
    unit: str = ""
