"""Reactions to what happens to households."""

from mulian.modules.households.actions.counting import follow

__all__ = ["follow"]
