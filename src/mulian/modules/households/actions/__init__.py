"""Writes to the register: each keyword-only, in one transaction, with one access check and one event."""

from mulian.modules.households.actions.changing import Details, close_household, update_household
from mulian.modules.households.actions.handing import assign_liaison, qualify
from mulian.modules.households.actions.moving import Moved, move_household, move_household_to_grid, open_camp
from mulian.modules.households.actions.registering import Registered, register_household
from mulian.modules.households.actions.searching import find_households

__all__ = [
    "Details",
    "Moved",
    "Registered",
    "assign_liaison",
    "close_household",
    "find_households",
    "move_household",
    "move_household_to_grid",
    "open_camp",
    "qualify",
    "register_household",
    "update_household",
]
