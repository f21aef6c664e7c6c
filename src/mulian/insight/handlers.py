"""Reactions to what happens to cases, and to time."""

from mulian.insight.actions.counting import sweep_moving, sweep_settled
from mulian.insight.actions.following import follow

__all__ = ["follow", "sweep_moving", "sweep_settled"]
