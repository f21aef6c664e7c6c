"""Timers: requests for batch services become cases."""

from __future__ import annotations

from mulian.gateways.open311.actions.requesting import take_waiting

__all__ = ["take_waiting"]
