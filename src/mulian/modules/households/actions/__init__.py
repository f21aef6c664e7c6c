"""Writes to the register: each keyword-only, in one transaction, with one access check and one event."""

from mulian.modules.households.actions.asking import ask_where
from mulian.modules.households.actions.camping import camp_here, open_camp
from mulian.modules.households.actions.caring import Agreed, Help, end_need, help_given, note_need, plan_help
from mulian.modules.households.actions.changing import Details, update_household
from mulian.modules.households.actions.closing import close_household, reopen_household
from mulian.modules.households.actions.handing import assign_liaison, qualify
from mulian.modules.households.actions.living import member_came, member_went
from mulian.modules.households.actions.merging import merge_household
from mulian.modules.households.actions.moving import Moved, move_household, move_household_to_grid
from mulian.modules.households.actions.papers import Paper, note_paper
from mulian.modules.households.actions.reading import give_slip, note_reading
from mulian.modules.households.actions.registering import Registered, register_household
from mulian.modules.households.actions.requesting import (
    Asked,
    decide_request,
    family_told,
    lift_restriction,
    take_request,
)
from mulian.modules.households.actions.searching import find_households
from mulian.modules.households.actions.splitting import split_household
from mulian.modules.households.actions.taking_back import take_back
from mulian.modules.households.actions.telling import Fact

__all__ = [
    "Agreed",
    "Asked",
    "Details",
    "Fact",
    "Help",
    "Moved",
    "Paper",
    "Registered",
    "ask_where",
    "assign_liaison",
    "camp_here",
    "close_household",
    "decide_request",
    "end_need",
    "family_told",
    "find_households",
    "give_slip",
    "help_given",
    "lift_restriction",
    "member_came",
    "member_went",
    "merge_household",
    "move_household",
    "move_household_to_grid",
    "note_need",
    "note_paper",
    "note_reading",
    "open_camp",
    "plan_help",
    "qualify",
    "register_household",
    "reopen_household",
    "split_household",
    "take_back",
    "take_request",
    "update_household",
]
