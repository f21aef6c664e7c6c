"""The database a bench begins with: empty, and the cast of the tests in it."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

EMPTY = "MULIAN_BENCH_EMPTY"
"""Names a folder with an empty database that several benches begin with; on PostgreSQL the database is one already."""
FAST = "django.contrib.auth.hashers.MD5PasswordHasher"


def ready() -> None:
    """Django and an empty database, a copy of the one that was made for all where there is one."""
    from mulian.site import preparing  # noqa: PLC0415 -- needs the environment

    preparing.setup()
    if made := os.environ.get(EMPTY):
        into = Path(os.environ["MULIAN_DATA"])
        for part in Path(made).glob("*.sqlite3"):
            if not (into / part.name).exists():
                shutil.copy(part, into)
    else:
        preparing._migrate()


def cast(at: datetime) -> Any:
    """The cast of the tests. Nobody signs in with a password here: seventeen good ones cost more than 1,000 cases."""
    from django.db import transaction  # noqa: PLC0415 -- needs Django
    from django.test.utils import override_settings  # noqa: PLC0415 -- as above

    from tests.world import build  # noqa: PLC0415 -- as above

    with override_settings(PASSWORD_HASHERS=[FAST]), transaction.atomic():
        return build(at)


def make(folder: Path) -> None:
    """An empty database for others to begin with."""
    from mulian.core.database.closing import close_everything  # noqa: PLC0415 -- needs Django
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    os.environ |= {"MULIAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "mulian.settings"}
    preparing.setup()
    preparing._migrate()
    close_everything()


if __name__ == "__main__":
    import sys

    make(Path(sys.argv[1]))
