"""Campaigns and their banks as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.areas.queries import place_names
from mulian.modules.cases.domain.campaigns import Stand, Sum
from mulian.modules.cases.models import Campaign
from mulian.modules.cases.queries.campaigns import Problem, Sums
from mulian.modules.cases.queries.names import topic_name

STANDS: dict[Stand, tuple[str, str, str]] = {
    Stand.SOLVED: (_("solved"), "good", "tick"),
    Stand.RELIEVED: (_("relieved for now, a project follows"), "accent", "half"),
    Stand.PROJECT: (_("planned as a project"), "accent", "ring"),
    Stand.LONG: (_("needs long work"), "warn", "clock"),
    Stand.ELSEWHERE: (_("not ours, the right address was given"), "neutral", "arrow-right"),
    Stand.OPEN: (_("still open"), "neutral", "dot"),
    Stand.OUT: (_("withdrawn or joined to another"), "neutral", "cross"),
}
"""Word, tone and shape, in the order sums are told."""


def class_name(code: str, language: str) -> str:
    return topic_name(code, language) if code else gettext("anything else")


def classes_of(row: Campaign, language: str) -> dict[str, str]:
    return {code: class_name(code, language) for code in [*row.classes, ""]}


def parts(found: Sum) -> list[dict[str, Any]]:
    """The numbers that add up to what was found, those that are none left out but for solved."""
    known = [each for each in STANDS if found.stands[each] or each is Stand.SOLVED]
    numbers = [found.stands[each] for each in known]
    return [
        {**_look(each), "number": number, "before": sum(numbers[:place])}
        for place, (each, number) in enumerate(zip(known, numbers, strict=True))
    ]


def sentence(found: Sum) -> str:
    """227 = 164 solved / 21 planned as a project / 42 needs long work."""
    return f"{found.found} = " + " / ".join(f"{each['number']} {each['word']}" for each in parts(found))


def table(sums: Sums, language: str) -> dict[str, Any]:
    """Classes by stands; the last line is the sum of those above, the last column of those before."""
    known = [each for each in STANDS if sums.all.stands[each] or each in (Stand.SOLVED, Stand.OPEN)]
    lines = [(class_name(code, language), _line(each, known)) for code, each in sums.classes.items()]
    return {
        "heads": [gettext(STANDS[each][0]) for each in known],
        "lines": lines,
        "total": _line(sums.all, known),
    }


def _line(found: Sum, known: Iterable[Stand]) -> dict[str, Any]:
    return {"numbers": [found.stands[each] for each in known], "found": found.found, "late": found.late}


def bank(found: list[Problem], language: str) -> list[dict[str, Any]]:
    places = place_names([each.case.area_id for each in found], language)
    return [
        {
            "problem": each,
            "class": class_name(each.matter, language),
            "place": places[each.case.area_id],
            "look": _look(each.stand),
        }
        for each in found
    ]


def _look(where: Stand) -> dict[str, str]:
    word, tone, shape = STANDS[where]
    return {"word": gettext(word), "tone": tone, "shape": shape}
