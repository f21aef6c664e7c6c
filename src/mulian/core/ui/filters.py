"""Filters of the console's templates: words, numbers, days and names in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mulian.core.ui import spans, wording
from mulian.kernel import clock as kernel_clock


def _language() -> str:
    return get_language() or "zh-hans"


def label(text: Any) -> str:
    """A standalone label (button, heading): Tibetan gets its final mark; safe text stays safe."""
    shown = conditional_escape("" if text is None else text)
    marked = wording.final_mark(shown)
    return SafeString(marked)


def number(value: float | None) -> str:
    """A number grouped by thousands; nothing for None."""
    return "" if value is None else wording.number(value)


def day(moment: datetime | date | None) -> str:
    """The day in the page's language."""
    return wording.day(moment, _language()) if moment else ""


def month(moment: date) -> str:
    """The month of a day in the page's language."""
    return wording.month(moment, _language())


def hour(moment: datetime | None) -> str:
    """The time of day."""
    return wording.hour(moment) if moment else ""


def moment(value: datetime | None) -> str:
    """Day and time of day."""
    return wording.moment(value, _language()) if value else ""


def ago(value: datetime | None) -> str:
    """How long ago, as a sentence."""
    return spans.ago(value, now=kernel_clock.now(), language=_language()) if value else ""


def left(due: datetime | None) -> str:
    """How much time is left, or by how much it is overdue, as a sentence."""
    return spans.left(due, now=kernel_clock.now()) if due else ""


def distance(metres: float | None) -> str:
    """A distance with its unit."""
    return "" if metres is None else spans.distance(metres)


def duration(seconds: float | None) -> str:
    """The length of a recording."""
    return "" if seconds is None else wording.duration(seconds)


def script(text: Any) -> SafeString:
    """Text people wrote, marked with the language of its script, so that Tibetan gets its font and lines."""
    shown = conditional_escape(text or "")
    tag = wording.script_of(shown)
    return format_html('<span lang="{}">{}</span>', tag, shown) if tag else SafeString(shown)


def named(thing: Any) -> str:
    """The name of an area, unit or pack entry in the page's language; falls back bo → zh → en."""
    if not thing:
        return ""
    method = getattr(thing, "name", None)
    if callable(method):
        return str(method(_language()))
    return next((text for text in _names(thing) if text), "")


def _names(thing: Any) -> Iterable[str]:
    wanted = _language().partition("-")[0]
    for code in dict.fromkeys((wanted, "zh", "bo", "en")):
        yield thing.get(code, "") if isinstance(thing, Mapping) else getattr(thing, f"name_{code}", "")


def tone(level: str) -> str:
    """Django's message level as one of our tones."""
    return {"success": "good", "warning": "warn", "error": "danger"}.get(level, "info")


ALL = (label, number, day, month, hour, moment, ago, left, distance, duration, script, named, tone)
"""What `{% load ui %}` offers as filters."""
