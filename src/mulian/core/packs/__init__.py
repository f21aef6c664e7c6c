"""County packs: a county's whole configuration as data (units, topics, promises, areas, tests…)."""

from mulian.core.packs.checking import check
from mulian.core.packs.finding import BrokenPack, current, load, names
from mulian.core.packs.making import new
from mulian.core.packs.pack import AreaRow, Fault, Pack, PointRow, UnitRow, said

__all__ = [
    "AreaRow",
    "BrokenPack",
    "Fault",
    "Pack",
    "PointRow",
    "UnitRow",
    "check",
    "current",
    "load",
    "names",
    "new",
    "said",
]
