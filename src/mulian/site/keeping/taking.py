"""`mulian backup`: a folder with the database of one moment, every file it names, and the proof that it restores."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.models import Sum

from mulian.core.events import erasures
from mulian.core.files.models import Blob
from mulian.core.files.place import storage
from mulian.core.files.storage import digest
from mulian.kernel.problems import Problem
from mulian.site import folder
from mulian.site.keeping import places, postgresql, problems, returning, sqlite
from mulian.site.keeping.manifest import Manifest
from mulian.site.keeping.returning import DUMP, INTAKE, MAIN
from mulian.site.telling import Progress, step

LAST = "last_backup"
"""In the data folder: when the last proved backup was made; `mulian doctor` reads it."""
BESIDE = ("secret_key", "seeded", "demo.json", erasures.NAME)
ALIASES = ("default", "intake")
WHOLE = (Blob.State.READY, Blob.State.CHECKING)


def backup(place: Path, url: str, at: datetime) -> int:
    """Main database first, then the intake, then the files; exit code 1 when a file of the installation is damaged.

    The server may run. The intake is the later one, so it lacks nothing the main database knows; a restore lets it
    apply again what it is ahead by. Raises `backup.exists`, `backup.failed`, `backup.no_room`.
    """
    data: Path = settings.MULIAN_DATA
    url = url if url.startswith("postgres") else ""
    if not url and not all(source.exists() for source in _sources()):
        raise Problem(problems.NO_INSTALLATION)
    with places.whole(place, problems.EXISTS) as part:
        _need_room(part, url)
        counts = _postgresql(part, url) if url else _sqlite(part)
        damaged = _blobs(part, _names(part, url))
        _beside(data, part)
        _describe(part, counts, at)
        with step("proving it by restoring it"):
            _prove(part, url)
    _list_beside(place)
    folder.write_atomically(data / LAST, at.isoformat(timespec="seconds"))
    for name in damaged:
        print(f"  NO  the file {name} is missing or damaged in {data}; it is not in the backup")
    print(f"\n  {place} holds everything as of {at:%Y-%m-%d %H:%M:%S} UTC and was restored once to prove it.")
    return 1 if damaged else 0


def _sources() -> list[Path]:
    """The SQLite files, main first."""
    return [Path(settings.DATABASES[alias]["NAME"]) for alias in ALIASES]


def _need_room(part: Path, url: str) -> None:
    """Says before, not after an hour, that it cannot fit; the database stands there twice while it is proved."""
    database = 0 if url else 2 * sum(source.stat().st_size for source in _sources())
    files = Blob.objects.filter(state__in=WHOLE, served_as="").aggregate(bytes=Sum("size"))["bytes"] or 0
    if shutil.disk_usage(part).free < database + files + storage().reserve:
        raise Problem("disk_full")


def _sqlite(part: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    for alias, name, source in zip(ALIASES, (MAIN, INTAKE), _sources(), strict=True):
        with Progress(f"saving {source.name} (pages)", 0) as progress:
            found = sqlite.snapshot(source, part / name, progress.at)
        counts |= {f"{alias}.{table}": rows for table, rows in found.items()}
    return counts


def _postgresql(part: Path, url: str) -> dict[str, int]:
    """Rows are counted when the dump is proved."""
    with step("dumping the database"):
        if not postgresql.dump(url, part / DUMP):
            raise Problem(problems.FAILED)
    return {}


def _names(part: Path, url: str) -> list[str]:
    """The contents the saved database knows as whole (on PostgreSQL: the living one, which knows no fewer)."""
    if url:
        rows = Blob.objects.filter(state__in=WHOLE, served_as="")
        return list(rows.values_list("sha256", flat=True).order_by("sha256"))
    asked = "SELECT sha256 FROM files_blob WHERE state IN (?, ?) AND served_as = '' ORDER BY sha256"
    with closing(sqlite3.connect(part / MAIN)) as saved:
        return [name for (name,) in saved.execute(asked, [state.value for state in WHOLE])]


def _blobs(part: Path, names: list[str]) -> list[str]:
    """Copies contents, each proved against the hash that is its name; returns those that are not what they say."""
    bad: list[str] = []
    with Progress("saving files", len(names)) as progress:
        for name in names:
            target = part / "blobs" / name[:2] / name
            try:
                _, found = places.copy(storage().blob(name), target)
            except FileNotFoundError:
                found = ""
            if found != name:
                target.unlink(missing_ok=True)
                bad.append(name)
            progress.more()
    # What retention swept away meanwhile is not damage.
    return sorted(set(bad) & set(Blob.objects.filter(sha256__in=bad).values_list("sha256", flat=True)))


def _list_beside(place: Path) -> None:
    """The list of erasures beside the backups, for each of them: erasures later than the backup reach it with the next
    one (at once where the settings name that file).
    """
    beside = place.parent / erasures.NAME
    known = {line.id for line in erasures.read([beside])}
    new = [line for line in erasures.read(erasures.places()) if line.id not in known]
    if new or not beside.exists():
        erasures.write(beside, new)


def _beside(data: Path, part: Path) -> None:
    clips = data / "clips"
    for path in (*(data / name for name in BESIDE), *sorted(clips.glob("*"))):
        if path.is_file():
            places.copy(path, part / path.relative_to(data))


def _describe(part: Path, counts: dict[str, int], at: datetime) -> None:
    vendor = connections["default"].vendor
    made = Manifest(
        made_at=at.isoformat(timespec="seconds"), vendor=vendor, pack=settings.MULIAN_PACK, counts=counts,
        files={str(path.relative_to(part)): _of(path) for path in _files(part)},
    )  # fmt: skip
    made.write(part)


def _files(part: Path) -> Iterable[Path]:
    return (path for path in sorted(part.rglob("*")) if path.is_file() and path.name != "lock")


def _of(path: Path) -> tuple[int, str]:
    return path.stat().st_size, digest(path)


def _prove(part: Path, url: str) -> None:
    """Puts the database back somewhere else and looks at it. Raises `backup.failed`."""
    proof = part / "proof"
    proof.mkdir()
    try:
        if url:
            done = _prove_dump(part, proof, url)
        else:
            for name in (MAIN, INTAKE):
                places.copy(part / name, proof / name)
            done = returning.ask("prove", part, proof, "")
    finally:
        shutil.rmtree(proof, ignore_errors=True)
    if not done:
        raise Problem(problems.FAILED)


def _prove_dump(part: Path, proof: Path, url: str) -> bool:
    with postgresql.scratch(url) as empty:
        if empty is None:
            raise Problem(problems.NO_SCRATCH)
        return returning.fill(part, empty) and returning.ask("prove", part, proof, empty)
