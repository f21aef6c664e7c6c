"""Figures as a table for other programs: UTF-8 with a mark, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.utils.translation import gettext

from mulian.core.ui import wording
from mulian.insight.domain.tallies import TIMES, Tally
from mulian.insight.queries.counting import Depth
from mulian.insight.web import showing
from mulian.insight.web.asked import Asked
from mulian.insight.web.words import NAMES

COUNTS = (
    "cases", "solved_once", "solved", "lowest", "taken_back", "unproven", "false", "overdue", "returns", "handed_on",
)  # fmt: skip
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(cell: Any) -> str:
    """A cell a spreadsheet shows and never runs: what could be a formula gets an apostrophe before it."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_LIVE) else text


def written(asked: Asked, found: Depth, purpose: str) -> str:
    """What it is, when it was counted and what for; then the parts of every table, counts only, hours for times."""
    out = StringIO()
    sheet = csv.writer(out)
    lang = showing.language()
    head = [
        (gettext("Area"), f"{asked.area.code} {asked.area.name(lang)}"),
        *([(gettext("Office"), showing.office(asked.unit))] if asked.unit else []),
        (gettext("Period"), showing.period(asked.by, asked.of)),
        (gettext("Counted up to"), wording.moment(found.upto, lang)),
        (gettext("Purpose"), purpose.strip()),
    ]
    sheet.writerows([inert(each) for each in line] for line in head)
    sheet.writerow([])
    sheet.writerow([inert(each) for each in _names()])
    for part, lines in _parts(asked, found):
        for line in lines:
            sheet.writerow([inert(each) for each in (part, line["name"], *_cells(line["tally"]))])
    return "\ufeff" + out.getvalue()


def _names() -> Iterable[str]:
    yield from (gettext("Table"), gettext("Line"))
    yield from (gettext(NAMES[name]) for name in COUNTS)
    for name in TIMES:
        yield gettext("%(what)s: hours, half") % {"what": gettext(NAMES[name])}
        yield gettext("%(what)s: hours, nine of ten") % {"what": gettext(NAMES[name])}


def _parts(asked: Asked, found: Depth) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    yield gettext("All"), [showing.row(asked.area.name(showing.language()), found.total)]
    yield gettext("Area"), showing.parts(found, asked.area.code)
    yield gettext("Topic"), showing.topics(found)
    yield gettext("Outcome"), showing.outcomes(found)
    yield gettext("Office"), [line for group in showing.offices(found.units) for line in group["lines"]]


def _cells(tally: Tally) -> Iterable[str]:
    yield from (str(getattr(tally, name)) for name in COUNTS)
    for name in TIMES:
        found = None if tally.few else tally.times.get(name)
        yield f"{found.median.total_seconds() / 3600:.1f}" if found else ""
        yield f"{found.p90.total_seconds() / 3600:.1f}" if found else ""
