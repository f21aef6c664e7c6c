"""What processes that run tests beside each other (tools/tests.py) make once and copy: tables, and a seeded demo.

`MULIAN_TOGETHER` names a folder for what is made once, one for each kind of database; without it each process makes its
own. On PostgreSQL they share a server too: `MULIAN_SHARE` begins the names of a process's databases.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys import servers

FOLDER = Path(os.environ["MULIAN_TOGETHER"]) if os.environ.get("MULIAN_TOGETHER") else None
MAKE = """
from mulian.site import preparing; preparing.setup()
from mulian.core.database import migrating; migrating.migrate()
"""


def once(name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """A folder `make` filled, and what it gave; whoever comes first makes it, the others wait."""
    assert FOLDER is not None
    folder, said = FOLDER / name, FOLDER / f"{name}.made"
    with (FOLDER / f"{name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not said.exists():
            folder.mkdir()
            said.write_text(make(folder))
    return folder, said.read_text()


def lend_tables(databases: dict[str, dict[str, Any]]) -> None:
    """Test databases as migrations make them; Django then finds nothing left to do."""
    folder, url = once("tables", _tables)
    for alias, database in databases.items():
        if url:
            name = servers.database("test", template=servers.name_of(url))
            database.setdefault("TEST", {})["NAME"] = servers.name_of(name)
        else:
            made = "mulian.sqlite3" if alias == "default" else f"mulian-{alias}.sqlite3"
            shutil.copy(folder / made, database["TEST"]["NAME"])


def _tables(folder: Path) -> str:
    url = servers.database("tables") if servers.URL else ""
    own = {
        "MULIAN_DATA": str(folder),
        "MULIAN_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mulian.settings",
    }
    subprocess.run([sys.executable, "-c", MAKE], env=os.environ | own, check=True)
    return url


def seeded(folder: Path) -> tuple[Path, str]:
    """A folder of this process with the demo's people, and the address of its database: to be copied, never served."""
    if FOLDER is None:
        return folder, servers.seed(folder)
    made, url = once("seeded", servers.seed)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder, url
