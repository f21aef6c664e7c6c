"""What the county says on its public page, from portal.toml of its pack."""

from __future__ import annotations

from functools import lru_cache

from mulian.core.packs import current
from mulian.modules.cases.domain.doors import Portal


def portal() -> Portal:
    """The pack's words, or the defaults where it says nothing."""
    return _of(id(current()))


@lru_cache(maxsize=4)
def _of(pack: int) -> Portal:
    row = current().part("portal")
    return Portal(
        hotline=row.get("hotline", ""),
        offices={each["code"]: each["telephone"] for each in row.get("office", [])},
        stewards=bool(row.get("stewards", False)),
        k=int(row.get("k", 10)),
    )
