"""PostgreSQL's own programs: `pg_dump` takes one moment of the database, `pg_restore` puts it back whole or not."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from django.db import connection, utils

from mulian.kernel.problems import Problem
from mulian.site.keeping.problems import NO_PROGRAM


def dump(url: str, target: Path) -> bool:
    """Whether the dump was made; what the program said stands on standard error."""
    return _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}", url)


def restore(source: Path, url: str) -> bool:
    """All in one transaction: a kill or a fault leaves the database as empty as it was."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl")
    return _run("pg_restore", *options, f"--dbname={url}", str(source))


def is_empty() -> bool:
    """Whether the connected database holds no table yet."""
    return not connection.introspection.table_names()


@contextmanager
def scratch(url: str) -> Iterator[str | None]:
    """The address of an empty database that is gone afterwards; None where we may not make one."""
    name = f"mulian_proof_{secrets.token_hex(6)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    except utils.ProgrammingError:
        yield None
        return
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(name: str, *words: str) -> bool:
    program = shutil.which(name) or _newest(name)
    if program is None:
        raise Problem(NO_PROGRAM, name=name)
    # A password in an argument would show in the list of processes.
    plain, secret = zip(*map(_apart, words), strict=True)
    env = os.environ | {"PGPASSWORD": "".join(secret)} if any(secret) else None
    return subprocess.run([program, *plain], env=env, check=False, stdin=subprocess.DEVNULL).returncode == 0


def _apart(word: str) -> tuple[str, str]:
    """A word without the password an address in it holds, and that password."""
    before, sign, url = word.partition("postgres")
    parts = urlsplit(sign + url) if sign else None
    if parts is None or not parts.password:
        return word, ""
    host = parts.netloc.rpartition("@")[2]
    return before + urlunsplit(parts._replace(netloc=f"{parts.username}@{host}")), unquote(parts.password)


def _newest(name: str) -> str | None:
    """Debian keeps the programs of each version in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    return str(found[-1]) if found else None
