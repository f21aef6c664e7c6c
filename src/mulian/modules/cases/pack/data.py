"""What the case rules need of a loaded pack, so that reading knows no more of packs than this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

Row = Mapping[str, Any]


class AreaLike(Protocol):
    """A division: official code and names."""

    @property
    def code(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_bo(self) -> str: ...


class UnitLike(Protocol):
    """An office: pack code, kind and area code."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def area(self) -> str: ...


class PointLike(Protocol):
    """A known place in WGS84 degrees."""

    @property
    def code(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class PackData(Protocol):
    """What the case rules need of a loaded pack."""

    @property
    def code(self) -> str: ...
    @property
    def areas(self) -> Iterable[AreaLike]: ...
    @property
    def units(self) -> Iterable[UnitLike]: ...
    @property
    def points(self) -> Iterable[PointLike]: ...
    def part(self, name: str) -> Row: ...
