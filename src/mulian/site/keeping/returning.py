"""`mulian restore`: a new data folder from a backup, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from mulian.core.events import erasures
from mulian.kernel.problems import Problem
from mulian.site import folder
from mulian.site.keeping import manifest, places, postgresql, problems
from mulian.site.keeping.manifest import Manifest
from mulian.site.telling import Progress, step

MAIN, INTAKE, DUMP = "mulian.sqlite3", "mulian-intake.sqlite3", "mulian.dump"
DATABASES = (MAIN, INTAKE, DUMP)


def restore(source: Path, data: Path, url: str, lists: Sequence[Path] = ()) -> int:
    """Checks every file first, then builds beside `data` and gives it its name last.

    What was erased by law after the backup is erased again before anything opens: by the lists that are named, the one
    beside the backup and the one of the settings (core/events/erasures.py).

    `url` is the database to fill, empty for SQLite in the folder. Raises `restore.broken`, `restore.not_empty`,
    `restore.other_kind`, `restore.failed`, `backup.no_room`.
    """
    saved = manifest.read(source)
    require_kind(saved, url)
    with Progress("checking the backup", len(saved.files)) as progress:
        for _ in manifest.check(source, saved):
            progress.more()
    with places.whole(data, problems.NOT_EMPTY) as part:
        if url and not postgresql.is_empty():
            raise Problem(problems.NOT_EMPTY)
        with Progress("copying", len(saved.files)) as progress:
            for name in saved.files:
                if name not in (DUMP, erasures.NAME):
                    places.copy(source / name, part / name)
                progress.more()
        erased = _lists(source, lists)
        if erased:
            erasures.write(part / erasures.NAME, erased)
        folder.make(part)
        with step("putting the database back"):
            if not fill(source, url) or not ask("settle", source, part, url):
                raise Problem(problems.REFUSED)
    if not any(place.is_file() for place in _later(source, lists)):
        print(
            "  No list of erasures lay beside the backup: what was erased after it is back. See how-to/production.md."
        )
    at = datetime.fromisoformat(saved.made_at)
    print(f"\n  {data} is restored as of {at:%Y-%m-%d %H:%M:%S} UTC. Phones send again what they keep.")
    return 0


def _later(source: Path, lists: Sequence[Path]) -> list[Path]:
    """Where erasures after the backup may be written down."""
    second = [Path(settings.MULIAN_ERASURES)] if settings.MULIAN_ERASURES else []
    return [*lists, source.parent / erasures.NAME, *second]


def _lists(source: Path, lists: Sequence[Path]) -> list[erasures.Erasure]:
    """Raises `restore.no_list` for a named list that is not there."""
    if any(not place.is_file() for place in lists):
        raise Problem(problems.NO_LIST)
    return erasures.read([source / erasures.NAME, *_later(source, lists)])


def require_kind(saved: Manifest, url: str) -> None:
    """Raises `restore.other_kind` unless the address is of the kind the backup was made from."""
    wanted = "postgresql" if url.startswith("postgres") else "" if url else "sqlite"
    if saved.vendor != wanted:
        raise Problem(problems.OTHER_KIND)


def fill(source: Path, url: str) -> bool:
    """On PostgreSQL loads the dump into an empty database; SQLite's files were copied."""
    return not url or postgresql.restore(source / DUMP, url)


def ask(what: str, source: Path, data: Path, url: str) -> bool:
    """Runs `prove` or `settle` on a database in a process of its own, which has its own settings."""
    env = os.environ | {"MULIAN_DATA": str(data.absolute()), "MULIAN_DATABASE_URL": url}
    command = [sys.executable, "-m", "mulian", "restored", what, str(source.absolute())]
    return subprocess.run(command, env=env, check=False, stdin=subprocess.DEVNULL).returncode == 0
