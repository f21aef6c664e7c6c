"""Reactions to what happens to cases."""

from mulian.insight.actions.following import follow

__all__ = ["follow"]
