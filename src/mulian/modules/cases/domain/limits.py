"""What a county allows around its clocks: pauses, extensions, attempts, urging, supervision."""

from __future__ import annotations

from dataclasses import dataclass, field

from mulian.modules.cases.domain.attempts import AttemptRules
from mulian.modules.cases.domain.extending import ExtensionRules
from mulian.modules.cases.domain.pausing import PauseRules
from mulian.modules.cases.domain.supervising import SupervisionRules
from mulian.modules.cases.domain.urging import UrgingRules


@dataclass(frozen=True, kw_only=True)
class Limits:
    """clocks.toml of the pack."""

    pauses: PauseRules = field(default_factory=PauseRules)
    extensions: ExtensionRules = field(default_factory=ExtensionRules)
    urging: UrgingRules = field(default_factory=UrgingRules)
    supervision: SupervisionRules = field(default_factory=SupervisionRules)
    attempts: tuple[AttemptRules, ...] = ()
