"""A person's notices, a page at a time, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from mulian.core.notify import queries
from mulian.core.notify.models import Notice
from mulian.kernel.actor import Actor

PER_PAGE = 30


@dataclass(frozen=True)
class Told:
    """One page of notices; `before` is where the next, older page begins, empty on the last."""

    rows: list[tuple[Notice, str]]
    before: str


def page(actor: Actor, before: str) -> Told:
    """Newest first; a `before` that is no moment shows the first page."""
    found = list(queries.notices(actor, limit=PER_PAGE + 1, before=_moment(before)))
    rows = found[:PER_PAGE]
    older = rows[-1].created_at.isoformat() if len(found) > PER_PAGE else ""
    return Told([(notice, words(notice)) for notice in rows], older)


def words(notice: Notice) -> str:
    """The notice's sentence in the page's language, filled with its values."""
    sentence = gettext(notice.title)
    return sentence % notice.params if notice.params else sentence


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
