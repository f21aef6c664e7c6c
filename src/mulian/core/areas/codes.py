"""An area's code is its path: 63 > 6326 > 632623 > 632623204 > 632623204200 > our own parts (`C01`, `G001`).

Official lengths follow the state's statistical division codes (2 province, 4 prefecture, 6 county, 9
township, 12 village); below a village we append `C` + 2 digits (co-operative) and `G` + 3 (grid area).
"""

from __future__ import annotations

import re
from enum import StrEnum

OWN_PART = re.compile(r"C\d{2}|G\d{3}")


class Level(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COOPERATIVE = "cooperative"
    GRID = "grid"


_OFFICIAL = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
}


def level(code: str) -> Level:
    """The level a code stands for; ValueError for anything that is not a code."""
    if code.isdigit() and len(code) in _OFFICIAL:
        return _OFFICIAL[len(code)]
    village, own = code[:12], code[12:]
    if village.isdigit() and len(village) == 12 and "".join(OWN_PART.findall(own)) == own and own:
        return Level.GRID if own[-4:].startswith("G") else Level.COOPERATIVE
    raise ValueError(f"{code!r} is not an area code")


def lineage(code: str) -> tuple[str, ...]:
    """The code and all above it, highest first."""
    head, own = code[:12], code[12:]
    steps = [head[:length] for length in _OFFICIAL if length <= len(head)]
    for part in OWN_PART.findall(own):
        steps.append(steps[-1] + part)
    return tuple(steps)


def parent(code: str) -> str | None:
    above = lineage(code)
    return above[-2] if len(above) > 1 else None


def at_level(code: str, wanted: Level) -> str | None:
    """The area of a level that contains `code` (or is it)."""
    return next((step for step in lineage(code) if level(step) == wanted), None)


def within(code: str, above: str) -> bool:
    """True when `code` is `above` or lies in it."""
    return code.startswith(above)
