"""What a pack says about work that several share."""

from __future__ import annotations

from dataclasses import dataclass, field

from mulian.modules.cases.domain.mass import Mass
from mulian.modules.cases.domain.merging import Sameness
from mulian.modules.cases.domain.parts import Whistle


@dataclass(frozen=True, kw_only=True)
class Joint:
    """joint.toml; what a pack leaves out is as here."""

    near_metres: float = 500.0
    mass: Mass = field(default_factory=Mass)
    same: Sameness = field(default_factory=Sameness)
    whistle: Whistle = field(default_factory=Whistle)
