"""Shares a village's households among its grid areas so that every liaison serves a fitting number."""

from __future__ import annotations

from random import Random


def grid_loads(random: Random, households: int, liaisons: list[int], low: int, high: int) -> list[int]:
    """Households of each grid area, served by `liaisons[i]` people; at least `low`, at most `high` for each of them."""
    total = sum(liaisons)
    found = [households * count // total for count in liaisons]
    for i in range(households - sum(found)):
        found[i % len(found)] += 1
    for _ in range(len(found) * 6):
        giver, taker = random.randrange(len(found)), random.randrange(len(found))
        if found[giver] > low and found[taker] < high * liaisons[taker]:
            found[giver] -= 1
            found[taker] += 1
    return found


def liaisons_by_grid(serving: int, grids: int) -> list[int]:
    """How many liaisons serve each grid area; some have one more where they do not go round."""
    return [serving // grids + (i < serving % grids) for i in range(grids)] if serving else []
