"""Names and definitions of figures: what counts and what does not (gettext source strings)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

PERIODS: Mapping[str, str] = {"day": _("days"), "week": _("weeks"), "month": _("months")}
OUTCOMES: Mapping[str, str] = {
    "solved": _("solved"),
    "relieved": _("relieved for now, a project follows"),
    "project": _("planned as a project"),
    "long": _("needs long work"),
    "elsewhere": _("not ours, the right address was given"),
    "open": _("still open"),
    "other": _("closed without work"),
}
STATES: Mapping[str, str] = {
    "reported": _("reported"),
    "taken": _("taken"),
    "in_work": _("in work"),
    "waiting": _("waiting"),
    "solved": _("solved"),
    "answered": _("answered"),
    "closed": _("closed"),
    "returned": _("returned"),
}
LEVELS: Mapping[str, str] = {
    "village": _("Villages"),
    "township": _("Townships"),
    "department": _("Departments"),
    "county": _("County centre"),
    "leader": _("Leaders"),
}
NAMES: Mapping[str, str] = {
    "cases": _("Cases received"),
    "solved_once": _("Solved by first word"),
    "solved": _("Solved and stayed so"),
    "lowest": _("Solved in the village"),
    "false": _("Called solved too early"),
    "taken_back": _("The family said no"),
    "unproven": _("Solved on words alone"),
    "overdue": _("Overdue"),
    "returns": _("Returned"),
    "handed_on": _("Handed on"),
    "take": _("Until taken"),
    "contact": _("Until the family was reached"),
    "solve": _("Until solved"),
    "answer": _("Until answered"),
    "waited": _("How long families waited"),
    "median": _("Half took no longer"),
    "p90": _("Nine of ten took no longer"),
}
MEANINGS: Mapping[str, str] = {
    "cases": _(
        "Reports the county received in this period. Tests, withdrawn reports, thanks, complaints and reports joined"
        " to another one do not count."
    ),
    "solved_once": _("Somebody said it was solved. What the family said afterwards changes nothing here."),
    "solved": _(
        "It was solved and has not been opened again. What is planned or relieved for now counts once it is done."
    ),
    "lowest": _("Of those that stayed solved: the village itself solved it."),
    "false": _(
        "The family said no after it was called solved, or it stands as solved without a photo or a voice. Each case"
        " counts once."
    ),
    "overdue": _("A promise to the family ran out before it was kept, in anybody's hands."),
    "returns": _("How often a case was sent back to whoever handed it on."),
    "handed_on": _("How often a case was passed up, transferred or given to the county to decide."),
    "times": _(
        "From the moment the county received it to the first time it happened, nights and pauses included. Half took"
        " no longer than the first figure, nine of ten no longer than the second."
    ),
    "waited": _("From the moment the family spoke to the first answer, the way without network included."),
    "units": _(
        "A case counts with the office that has it now; returns and hand-overs count with the office that made them."
        " Times count since the case came to that office. Offices are compared with those of their level, and only"
        " from 20 cases on."
    ),
}
_HOUR, _DAY = 3600, 86400


def named(words: Mapping[str, str], code: str) -> str:
    return gettext(words[code]) if code in words else code


def length(took: timedelta) -> str:
    """How long something took: minutes, hours, or days with one decimal."""
    seconds = took.total_seconds()
    if seconds < _HOUR:
        return gettext("%(n)s minutes") % {"n": round(seconds / 60)}
    if seconds < 2 * _DAY:
        return gettext("%(n)s hours") % {"n": f"{seconds / _HOUR:.1f}"}
    return gettext("%(n)s days") % {"n": f"{seconds / _DAY:.1f}"}
