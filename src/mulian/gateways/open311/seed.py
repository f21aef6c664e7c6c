"""The demo's key: the same at every start on one data folder."""

from __future__ import annotations

from datetime import datetime

from mulian.core.access import tokens
from mulian.core.packs import Pack
from mulian.gateways.open311.actions.keys import issue
from mulian.kernel.actor import SYSTEM


def secret() -> str:
    return tokens.derived("open311")[:32]


def seed(*, pack: Pack, scale: str, at: datetime) -> int:
    """One key for whoever tries the demo."""
    issue(owner="演示程序", actor=SYSTEM, at=at, secret=secret())
    return 1


def demo_facts() -> dict[str, object]:
    return {"open311_api_key": secret()}
