"""Tables brought into the register: taken, given a meaning, compared, decided, applied, taken back."""

from mulian.modules.households.actions.importing.applying import apply_table
from mulian.modules.households.actions.importing.deciding import decide
from mulian.modules.households.actions.importing.mapping import choose_sheet, map_columns
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.actions.importing.taking import Bringing, take_table
from mulian.modules.households.actions.importing.undoing import discard_table, undo_table

__all__ = [
    "Bringing",
    "apply_table",
    "choose_sheet",
    "decide",
    "discard_table",
    "map_columns",
    "take_table",
    "undo_table",
    "work_on",
]
