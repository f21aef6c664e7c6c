"""`mulian doctor`: one line for everything that should be right, and what to do about what is not."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from mulian.core.events import chain, deliveries, queries
from mulian.core.notify import queries as sms
from mulian.core.packs import BrokenPack, current
from mulian.core.packs.checking import notes
from mulian.core.sync.models import Command
from mulian.kernel import clock
from mulian.site import runtime
from mulian.site.keeping.taking import LAST

SAFE_SQLITE = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}
LATELY = timedelta(days=7)
SHOWN = 5
"""Given-up deliveries told one by one, with the place of their fault."""


@dataclass(frozen=True)
class Finding:
    """`ok` decides the exit code; `sentence` says what is so and what to do."""

    ok: bool
    sentence: str


def report() -> int:
    """Prints the findings; exit code 1 when something must be mended."""
    found = list(findings())
    for finding in found:
        print(f"  {'ok ' if finding.ok else 'NO '} {finding.sentence}")
    return 0 if all(finding.ok for finding in found) else 1


def findings() -> Iterator[Finding]:
    """Every check, in the order an officer would want to read them."""
    yield _disk()
    missing = [finding for alias in connections if (finding := _opens(alias))]
    if missing:
        yield from missing
        return
    migrated = [_migrated(alias) for alias in connections]
    yield from migrated
    if not all(finding.ok for finding in migrated):
        return
    if connections["default"].vendor == "sqlite":
        yield _sqlite()
    broken = chain.verify()
    yield Finding(broken is None, f"event log: {'whole' if broken is None else broken}")
    dead = queries.dead_letters()
    advice = "; mend the cause, then mulian doctor --revive" if dead else ""
    yield Finding(not dead, f"deliveries given up: {len(dead)}{advice}")
    for delivery in dead[:SHOWN]:
        yield Finding(False, f"{delivery.handler}: {delivery.error}")
    refused = Command.objects.filter(state="refused", seen_at__isnull=True).count()
    yield Finding(True, f"refused reports nobody has looked at: {refused}")
    yield _backup()
    now = clock.now()
    yield _messages(now)
    yield from (Finding(False, fault) for fault in runtime.standing_still(now))
    yield from _pack(now)
    built = settings.MULIAN_FIELD_DIST.is_dir()
    yield Finding(built, "phone app: built" if built else "phone app: not built; run make setup")


def _messages(now: datetime) -> Finding:
    """SMS that reached nobody; whoever's number the gateway keeps rejecting gets none until it is corrected."""
    lost, silent = sms.not_delivered(now - LATELY).count(), len(sms.silent_numbers())
    advice = "; correct the numbers under People" if silent else ""
    return Finding(not silent, f"SMS given up in a week: {lost}; numbers that are rejected: {silent}{advice}")


def revive() -> int:
    """Sends every delivery that was given up round again; a running server takes them up."""
    dead = queries.dead_letters()
    for delivery in dead:
        deliveries.revive(delivery.id, clock.now())
    print(f"  deliveries sent round again: {len(dead)}")
    return 0


def _backup() -> Finding:
    last = settings.MULIAN_DATA / LAST
    if not last.exists():
        return Finding(True, "last backup: none yet; mulian backup FOLDER makes one")
    return Finding(True, f"last backup: {last.read_text()}")


def _pack(now: datetime) -> Iterator[Finding]:
    try:
        yield from (Finding(True, note) for note in notes(current(), now))
    except BrokenPack as wrong:
        yield Finding(False, f"pack: {wrong}")


def _disk() -> Finding:
    usage = shutil.disk_usage(settings.MULIAN_DATA if settings.MULIAN_DATA.exists() else ".")
    share = usage.used / usage.total
    return Finding(share < 0.85, f"disk: {share:.0%} used, {usage.free / 2**30:.1f} GiB free")


def _opens(alias: str) -> Finding | None:
    try:
        connections[alias].ensure_connection()
    except OperationalError as error:
        return Finding(False, f"database {alias} cannot be opened ({error}); make it with mulian init")
    return None


def _migrated(alias: str) -> Finding:
    executor = MigrationExecutor(connections[alias])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    wait = f"{len(missing)} changes wait; stop the server and run mulian init on this folder"
    return Finding(not missing, f"database {alias}: {wait if missing else 'up to date'}")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info
    patched = version >= SAFE_SQLITE or version[2] >= BACKPORTED.get(version[:2], 10_000)
    advice = (
        "" if patched else "; before 3.51.3 two writing processes could damage a WAL file: keep to one server"
    )
    return Finding(True, f"SQLite {sqlite3.sqlite_version}{advice}")
