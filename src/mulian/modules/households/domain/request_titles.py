"""English source strings of what is shown of a family's request; translated where they are shown."""

from __future__ import annotations

from mulian.modules.households.domain.requests import Extent, Kind, Standing, State
from mulian.modules.households.domain.titles import gettext_noop

STATES: dict[str, str] = {
    State.OPEN: gettext_noop("To be decided"),
    State.DONE: gettext_noop("Done as asked"),
    State.REFUSED: gettext_noop("Not done"),
}
STANDINGS: dict[str, tuple[str, str, str]] = {
    Standing.IN_TIME: (gettext_noop("In time"), "neutral", "dot"),
    Standing.NEAR: (gettext_noop("Soon due"), "warn", "triangle"),
    Standing.LATE: (gettext_noop("Overdue"), "danger", "square"),
}
"""Word, tone and shape of the chip."""
EXTENTS: dict[str, str] = {
    Extent.HELP: gettext_noop("What was told for help: needs, plans, sensitive papers"),
    Extent.FACTS: gettext_noop("All facts, papers and the picture that no law orders to keep"),
    Extent.WHOLE: gettext_noop("Everything (only when the family has left)"),
}
FIELDS: dict[str, str] = {
    "name": gettext_noop("Name"),
    "name_bo": gettext_noop("Name in Tibetan"),
    "phone": gettext_noop("Telephone number"),
    "birth_year": gettext_noop("Year of birth"),
}
NOTHING = gettext_noop("Nothing of this was kept.")
DONE: dict[str, str] = {
    "shown": gettext_noop("The record was shown to the family."),
    "by_hand": gettext_noop("It was put right by hand."),
    "corrected": gettext_noop("It was put right; what was wrong stays in the history as corrected."),
    "restricted": gettext_noop("The record leaves in no table and on no list any more."),
    "needs": gettext_noop("Needs and help plans deleted: %(count)s"),
    "items": gettext_noop("Facts deleted: %(count)s"),
    "documents": gettext_noop("Notes on papers deleted: %(count)s"),
    "photographed": gettext_noop("Photographed papers deleted: %(count)s"),
    "tables": gettext_noop("Lines of brought tables deleted: %(count)s"),
    "exports": gettext_noop("Downloads ended: %(count)s"),
    "pictures": gettext_noop("Pictures deleted: %(count)s"),
    "members": gettext_noop("Members deleted: %(count)s"),
    "moves": gettext_noop("Places deleted: %(count)s"),
    "camps": gettext_noop("Camps deleted: %(count)s"),
    "readings": gettext_noop("Lines on who opened it deleted: %(count)s"),
    "log": gettext_noop("Personal values taken out of the log: %(count)s"),
}
"""What was done, in the order it is told; a figure where there is one."""
KEEPS: dict[str, str] = {
    Kind.DELETE: gettext_noop("What the law orders to keep stays:"),
    Kind.RESTRICT: gettext_noop("What is used on by duty:"),
}
LIFTED = gettext_noop("The restriction was lifted.")
