"""`python -m bench.line [--only NAME] [--quick]`: bytes and seconds of a phone's line, with their goals.

A demo of its own is seeded, a liaison with 25 households, 100 members, 40 tasks and 60 cases is added to it, and phones
in Python speak the app's wire to it through the fault proxy. About eight minutes, most of it waiting for a slow line.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import far, sizes
from bench.county import County, running
from bench.table import show
from mulian.site.benching.measures import Row

FEW, SOME = 6, 16
"""Phones at once where each takes long, and where each takes seconds."""
PEOPLE = (f"heavy:25:100:{SOME + 2}:40", "vast:10000:10000:1", "hard:0:0:3", "repetitive:0:0:3")


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bench.line", description=__doc__)
    words.add_argument("--only", default="", help="one part: " + ", ".join(_parts(1, 0)))
    words.add_argument("--quick", action="store_true", help="a third of the phones")
    words.add_argument(
        "--chunk", type=int, default=0, help="bytes of a sound in one request (default: as the app)"
    )
    asked = words.parse_args()
    with running(*(PEOPLE if asked.only in ("", "sizes", "documents") else PEOPLE[:1])) as county:
        for name, (title, part) in _parts(3 if asked.quick else 1, asked.chunk).items():
            if asked.only in ("", name):
                show(title, part(county))
    return 0


Part = tuple[str, Callable[[County], Iterator[Row]]]


def _parts(divided: int, chunk: int) -> dict[str, Part]:
    """Each measurement by its name."""
    few, some = max(2, FEW // divided), max(2, SOME // divided)
    p2g = "P2G: 20 kbit/s both ways, 1 s round trip, 2 % loss, a break of 5 s about every 60 s; browser's headers on"
    return {
        "sizes": ("Bytes, both ways, bodies and the headers we set", sizes.syncs),
        "cold": (p2g, lambda county: far.cold(county, few)),
        "alarm": ("P2G, urgent report", lambda county: far.words(county, some, urgent=True)),
        "text": ("P2G, report", lambda county: far.words(county, some, urgent=False)),
        "voice": ("P2G, sound", lambda county: far.sound(county, few, chunk)),
        "resume": ("P2G, long sound", lambda county: far.resumed(county, few, chunk)),
        "documents": ("1,000 documents", sizes.documents),
    }


if __name__ == "__main__":
    raise SystemExit(main())
