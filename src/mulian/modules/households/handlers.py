"""Reactions to what happens to households."""

from mulian.modules.households.actions.counting import follow
from mulian.modules.households.actions.notifying import tell_both_sides

__all__ = ["follow", "tell_both_sides"]
