"""Timers: requests for batch services become cases; cases handed elsewhere are sent and asked about;
other systems are asked what they offer.
"""

from __future__ import annotations

from mulian.gateways.open311.actions.asking_services import ask_services
from mulian.gateways.open311.actions.requesting import take_waiting
from mulian.gateways.open311.actions.sending import run_due as send_due

__all__ = ["ask_services", "send_due", "take_waiting"]
