"""The demo's forms: those of its pack."""

from __future__ import annotations

from datetime import datetime

from mulian.core.packs import Pack
from mulian.modules.forms.actions.packed import publish_pack


def seed(*, pack: Pack, scale: str, at: datetime) -> int:
    """Publishes every form of the pack."""
    return publish_pack(pack, at)
