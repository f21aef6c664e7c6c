"""How long publishing takes, from the file to the form phones are offered: `python -m bench.forms [--pack gande]`.

Each form of the pack by itself: read, checked, its pictures and sounds decoded, converted in a child, kept and told. In
an empty folder of its own on SQLite, or in the empty database that `MULIAN_DATABASE_URL` names.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time

from bench.table import show
from mulian.site.benching.measures import Row

GOAL = 2.0
"""Seconds."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.forms",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pack", default="gande")
    parser.add_argument("--forms", type=int, default=0, help="only so many of them")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mulian-forms-") as folder:
        os.environ |= {
            "MULIAN_DATA": folder,
            "MULIAN_PACK": wanted.pack,
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        from mulian.site import preparing  # noqa: PLC0415 -- needs the environment

        preparing.setup()
        preparing._migrate()
        preparing._load_pack()
        show("publishing forms", published(wanted.forms))
    return 0


def published(most: int = 0) -> Iterator[Row]:
    """A row for each form of this installation's pack."""
    from mulian.core import packs  # noqa: PLC0415 -- needs Django
    from mulian.kernel import clock  # noqa: PLC0415 -- as above
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- as above
    from mulian.modules.forms.actions.packed import sources, with_media  # noqa: PLC0415 -- as above
    from mulian.modules.forms.actions.publishing import publish_all  # noqa: PLC0415 -- as above

    pack, now = packs.current(), clock.now()
    found = sources(pack)
    for source in found[:most] if most else found:
        began, cpu = perf_counter(), _computed()
        form = publish_all(with_media([source], pack, now), actor=SYSTEM, at=now)[0]
        took, cpu = perf_counter() - began, _computed() - cpu
        figure = f"{took:.2f} s, CPU {cpu:.2f} s with its children"
        yield Row(f"{form.code}, {form.questions} questions", figure, f"≤ {GOAL:.0f} s", took <= GOAL)


def _computed() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return process_time() + used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
