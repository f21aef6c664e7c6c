"""How words, numbers and dates are written in Tibetan, Chinese and English (glossary-notes rules 2 and 9-11).

Pure functions; the language is an argument. Digits are ASCII in every language, days are Asia/Shanghai's.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from mulian.kernel.clock import CN

_TIBETAN = re.compile("[\u0f00-\u0fff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_MARKS = "་།༎༏༐༑༔ "
_VOWELS = "ཱིེོྀཻཽུ"
_ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def script_of(text: str) -> str | None:
    """The language tag text needs for its font: Tibetan letters anywhere win, then Chinese, else None."""
    if _TIBETAN.search(text):
        return "bo"
    return "zh-Hans" if _HAN.search(text) else None


def final_mark(text: str) -> str:
    """A standalone Tibetan label with its closing mark; other scripts unchanged.

    Rule 2: after ང tsheg and shad, after a last syllable on ག, ཀ or ཤ (with or without vowel) nothing, else
    shad. A label that does not end in a Tibetan letter is left alone.
    """
    stored = text.rstrip(_MARKS)
    if not stored or not _TIBETAN.match(stored[-1]):
        return text
    last = stored.rstrip(_VOWELS)[-1:]
    if last == "ང" and stored[-1] == "ང":
        return stored + "་།"
    return stored if last in "གཀཤྒྐྴ" else stored + "།"


def number(value: float) -> str:
    """Grouped by thousands, at most one decimal: 1,136 and 2.5."""
    whole = int(value)
    return f"{whole:,}" if value == whole else f"{value:,.1f}"


def local(moment: datetime | date) -> datetime | date:
    """An aware moment in the county's own time; plain dates unchanged."""
    return moment.astimezone(CN) if isinstance(moment, datetime) else moment


def day(moment: datetime | date, language: str) -> str:
    """The Gregorian day: 2026ལོའི་ཟླ་11ཚེས་21, 2026年11月21日, 21 Nov 2026."""
    here = local(moment)
    if language.startswith("bo"):
        return f"{here.year}ལོའི་ཟླ་{here.month}ཚེས་{here.day}"
    if language.startswith("zh"):
        return f"{here.year}年{here.month}月{here.day}日"
    return f"{here.day} {_ENGLISH_MONTHS[here.month - 1]} {here.year}"


def month(moment: date, language: str) -> str:
    """The month of a day: 2026ལོའི་ཟླ་11, 2026年11月, Nov 2026."""
    if language.startswith("bo"):
        return f"{moment.year}ལོའི་ཟླ་{moment.month}"
    if language.startswith("zh"):
        return f"{moment.year}年{moment.month}月"
    return f"{_ENGLISH_MONTHS[moment.month - 1]} {moment.year}"


def hour(moment: datetime) -> str:
    """The time of day by 24 hours, 09:05."""
    return f"{moment.astimezone(CN):%H:%M}"


def moment(value: datetime, language: str) -> str:
    """Day and time in one."""
    return f"{day(value, language)} {hour(value)}"


def duration(seconds: float) -> str:
    """Length of a recording: 0:17, 12:05, 1:02:09."""
    total = round(seconds)
    minutes, rest = divmod(total, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
