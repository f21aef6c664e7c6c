"""Inside a database that was just put back, in a process of its own: is it what was saved, and make it ready."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.db import connections

from mulian.core.database import migrating
from mulian.core.database.closing import close_everything
from mulian.core.events import chain, erasures
from mulian.core.files.models import Upload
from mulian.core.sync import restoring
from mulian.kernel import clock
from mulian.site.keeping import manifest, sqlite


def prove(source: Path) -> int:
    """Exit code 0 when every table has the rows the manifest says and the event log is whole."""
    wrong = [*_counts(manifest.read(source)), *_log()]
    for sentence in wrong:
        print(f"  {sentence}", file=sys.stderr)
    return 1 if wrong else 0


def settle(source: Path) -> int:
    """Proves it, brings it up to date, and lets phones send again what a backup cannot hold."""
    if code := prove(source):
        return code
    migrating.migrate()
    Upload.objects.filter(finished_at__isnull=True).delete()
    again = restoring.decide_again()
    restoring.begin_anew(settings.MULIAN_DATA)
    erased = erasures.replay(erasures.read(erasures.places()), clock.now())
    if erased:
        print(f"  erased again, as families had asked after the backup: {erased}")
    if again:
        print(f"  reports that will be applied again: {again}")
    close_everything()
    return 0


def counts() -> dict[str, int]:
    """`alias.table` → rows, as snapshots count them."""
    found: dict[str, int] = {}
    for alias in connections:
        connection = connections[alias]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            rows = sqlite.count(connection.connection)
        else:
            with connection.cursor() as cursor:
                rows = {name: _rows(cursor, name) for name in connection.introspection.table_names(cursor)}
        found |= {f"{alias}.{name}": number for name, number in rows.items()}
    return found


def _rows(cursor: object, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _counts(saved: manifest.Manifest) -> list[str]:
    here = counts()
    names = sorted(saved.counts.keys() | here.keys())
    return [
        f"{name}: {here.get(name)} rows, {saved.counts.get(name)} were saved"
        for name in names
        if saved.counts and here.get(name) != saved.counts.get(name)
    ]


def _log() -> list[str]:
    broken = chain.verify()
    return [f"event log: {broken.reason} at {broken.pos}"] if broken else []
