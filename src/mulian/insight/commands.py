"""`mulian insight rebuild`: every stretch again from the log, beside the work that goes on."""

from __future__ import annotations

from mulian.core.events.queries import tip
from mulian.insight.actions.following import rebuild
from mulian.modules.households import public as households


def rebuild_command() -> int:
    """Prints how many rows there are; 1 where they were not what the log says (they are now)."""
    rows, same = rebuild()
    said = "byte for byte as they were" if same else "different from what stood there, right now"
    print(f"{rows} stretches from {tip()} events: {said}.")
    counts, right = households.rebuild_counts()
    said = "as they were" if right else "different from what stood there, right now"
    print(f"{counts} rows that count households, people, animals and needs: {said}.")
    return 0 if same and right else 1
