"""Into which processes the tests are cut."""

from __future__ import annotations

from dataclasses import dataclass

PURE = ("architecture", "kernel", "domain", "packs", "core/packs", "tools")
"""Folders that touch no database: once is enough."""
KILLS = ("journeys/test_nothing_acknowledged_is_lost.py",)
BAD_LUCK = ("faults", "journeys/test_backup_and_restore.py")


@dataclass(frozen=True)
class Share:
    """Folders of tests/ in a process of their own; what stands in another share of the database is that one's."""

    database: str
    name: str
    paths: tuple[str, ...]
    seconds: int
    """About how long it takes beside the others on two quiet cores: what takes longest begins first."""
    only_ci: bool = False
    """Rules that SQLite's share proves too, and walks through every screen: only CI takes the time."""


SHARES = (
    Share("SQLite", "phone screens", ("journeys/test_phone_screens.py",), 330, only_ci=True),
    Share("SQLite", "every page", ("journeys/test_every_page_is_whole.py",), 95, only_ci=True),
    Share("SQLite", "journeys", ("journeys",), 370),
    Share("SQLite", "kills and backups", KILLS + BAD_LUCK, 150),
    Share("SQLite", "cases", ("modules/cases",), 355),
    Share("SQLite", "modules", ("modules",), 305),
    Share("SQLite", "access", ("access",), 140),
    Share("SQLite", "the rest", ("",), 660),
    Share("PostgreSQL", "kills", KILLS, 60),
    Share("PostgreSQL", "backups and bad luck", BAD_LUCK, 180, only_ci=True),
    Share("PostgreSQL", "core", ("core",), 70),
    Share("PostgreSQL", "cases", ("modules/cases",), 230, only_ci=True),
    Share("PostgreSQL", "modules", ("modules",), 260, only_ci=True),
    Share("PostgreSQL", "the rest", ("",), 430, only_ci=True),
)


def folders(share: Share) -> list[str]:
    """pytest's words for a share."""
    beside = [each for each in SHARES if each.database == share.database and each != share]
    others = [path for each in beside for path in each.paths]
    others += PURE if share.database == "PostgreSQL" else ()
    inside = [path for path in others if path and path.startswith(share.paths)]
    return [f"tests/{path}" for path in share.paths] + [f"--ignore=tests/{path}" for path in inside]
