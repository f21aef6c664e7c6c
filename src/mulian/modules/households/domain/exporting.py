"""When an export needs a second person, how long it may lie, and what never leaves as a table."""

from __future__ import annotations

from collections.abc import Iterable

from mulian.modules.households.domain.catalogue import Catalogue, Item, Of

FEW = 50
"""Households one person may export alone (G10); beyond it a second one decides."""
MOST_DAYS = 7
"""The longest a download stays."""


def needs_second(households: int) -> bool:
    return households > FEW


def exportable(catalogue: Catalogue) -> list[Item]:
    """Items that may leave: nothing sensitive, nothing of a camp. Nor does the language a family wants (BOUNDARIES)."""
    return [item for item in catalogue.items.values() if not item.sensitive and item.of != Of.CAMP]


def chosen(catalogue: Catalogue, codes: Iterable[str], people: bool) -> list[Item]:
    """The wanted items in the catalogue's order; those of members only with members."""
    wanted = set(codes)
    return [
        item for item in exportable(catalogue) if item.code in wanted and (people or item.of != Of.MEMBER)
    ]
