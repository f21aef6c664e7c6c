"""Relative times as whole sentences: templates are never concatenated (glossary-notes rules 10 and 11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from mulian.core.ui.wording import day
from mulian.kernel.clock import CN

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def ago(moment: datetime, *, now: datetime, language: str) -> str:
    """How long ago: just now, minutes, hours, yesterday, days; after 30 days the day itself."""
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        return _("%(n)s minutes ago") % {"n": int(seconds // _MINUTE)}
    if seconds < _DAY:
        return _("%(n)s hours ago") % {"n": int(seconds // _HOUR)}
    days = (now.astimezone(CN).date() - moment.astimezone(CN).date()).days
    return _days_ago(days) if days <= 30 else day(moment, language)


def _days_ago(days: int) -> str:
    return _("yesterday") if days <= 1 else _("%(n)s days ago") % {"n": days}


def left(due: datetime, *, now: datetime) -> str:
    """How much of a promise is left, or by how much it is overdue; the larger unit is rounded down."""
    ahead = due - now
    if ahead >= timedelta(0):
        return _left_words(ahead.total_seconds())
    return _overdue_words(-ahead.total_seconds())


def _left_words(seconds: float) -> str:
    if seconds < _HOUR:
        return _("%(n)s minutes left") % {"n": int(seconds // _MINUTE)}
    if seconds < 2 * _DAY:
        return _("%(n)s hours left") % {"n": int(seconds // _HOUR)}
    return _("%(n)s days left") % {"n": int(seconds // _DAY)}


def _overdue_words(seconds: float) -> str:
    if seconds < _HOUR:
        return _("%(n)s minutes overdue") % {"n": int(seconds // _MINUTE)}
    if seconds < 2 * _DAY:
        return _("%(n)s hours overdue") % {"n": int(seconds // _HOUR)}
    return _("%(n)s days overdue") % {"n": int(seconds // _DAY)}


def distance(metres: float) -> str:
    """A distance in the reader's language: metres below one kilometre, then kilometres."""
    if metres < 1000:
        return _("%(n)s m") % {"n": round(metres)}
    kilometres = metres / 1000
    shown = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:,.0f}"
    return _("%(n)s km") % {"n": shown}
