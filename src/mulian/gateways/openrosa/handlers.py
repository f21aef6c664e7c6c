"""Sweeps of the gateway, and what its offers ask."""

from __future__ import annotations

from mulian.gateways.openrosa.actions.recognising import sweep_used

__all__ = ["offered", "sweep_used"]


def offered() -> bool:
    """Every county may use form programs."""
    return True
