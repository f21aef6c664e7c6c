"""Where the benches of one command keep what they measure: folders, and databases on one server."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench import empty
from bench.inside import ROOT

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
URL = "MULIAN_DATABASE_URL"


class Place:
    """Where benches of this command keep what they measure: folders, and databases on one server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, os.environ.get(URL, "")
        self.mark = f"bench_{secrets.token_hex(3)}"
        self.databases = [SQLITE, *([POSTGRESQL] if self.url else [])]

    def environment(self, database: str, name: str) -> dict[str, str]:
        """For a bench that begins with an empty database; the same name later finds what the first left."""
        plain = {key: value for key, value in os.environ.items() if key != URL}
        if not database:
            return plain
        made = {empty.EMPTY: str(self._empty(database))}
        return plain | made | ({URL: self._copied(name)} if database == POSTGRESQL else {})

    def _empty(self, database: str) -> Path:
        """The folder of the database made once; PostgreSQL's is the template of all others."""
        folder = self.folder / f"empty-{database}"
        if not folder.exists():
            folder.mkdir()
            address = (
                {URL: self._created(f"{self.mark}_empty", "template0")}
                if database == POSTGRESQL
                else {URL: ""}
            )
            command = [sys.executable, "-m", "bench.empty", str(folder)]
            subprocess.run(command, cwd=ROOT, env=os.environ | address, check=True)
        return folder

    def _copied(self, name: str) -> str:
        return self._created(f"{self.mark}_{name}", f"{self.mark}_empty")

    def _created(self, name: str, template: str) -> str:
        import psycopg  # noqa: PLC0415 -- only where there is a server

        with psycopg.connect(self.url, autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if not there:
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()


@contextmanager
def places() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="mulian-bench-") as folder:
        yield Place(Path(folder))
