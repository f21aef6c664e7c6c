"""The county's rules for cases, read once a process from its pack."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mulian.core.packs import current
from mulian.core.registry import resolve
from mulian.kernel.quiet import QuietHours

if TYPE_CHECKING:
    from mulian.modules.cases.pack import CaseRules

READER = "mulian.modules.cases.pack.rules_of"
"""The pack part is a shell of this module and knows what lies below; it is found by name, as the registry does."""


def rules() -> CaseRules:
    """The rules of this installation's pack. Raises `packs.invalid` when the pack cannot be used."""
    return _of(id(current()))


def quiet_hours() -> QuietHours:
    """When nobody's phone rings for what can wait, by the county's pack (ladder.toml)."""
    return rules().ladders.rules_for("").quiet


@lru_cache(maxsize=4)
def _of(identity: int) -> CaseRules:
    found: CaseRules = resolve(READER)(current())
    return found
