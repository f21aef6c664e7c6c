"""Supervised cases as a list shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from mulian.core.areas.queries import place_names
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.supervised import Line
from mulian.modules.cases.queries.words import PROMISES
from mulian.modules.cases.web.showing import looks
from mulian.modules.cases.web.showing.choices import language
from mulian.modules.cases.web.showing.looks import Look
from mulian.modules.cases.web.showing.rows import first_words


@dataclass(frozen=True, kw_only=True)
class Row:
    """One supervision, with its clock and the case it is about."""

    line: Line
    words: str
    topic: str
    place: str
    stage: Look
    clock: dict[str, object]


def shown(lines: Sequence[Line]) -> list[Row]:
    """The rows of the page, in its language."""
    places = place_names((line.case.area_id for line in lines), language())
    return [
        Row(
            line=line,
            words=first_words(line.case.text),
            topic=topic_name(line.case.topic, language()) if line.case.topic else "",
            place=places[line.case.area_id],
            stage=looks.stage(line.stage, line.words, late=line.late),
            clock={
                "title": gettext(PROMISES["supervise"]),
                "start": line.start,
                "due": line.due,
                "met": None,
                "state": "running",
            },
        )
        for line in lines
    ]
