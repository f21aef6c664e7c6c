"""What a changed policy says differently, in words for whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.areas.queries import place_names
from mulian.core.ui.filters import day as written
from mulian.modules.cases.domain.policy_changes import CalendarChange, Changes, Kept
from mulian.modules.cases.queries.names import topic_name
from mulian.modules.cases.queries.words import PROMISES
from mulian.modules.cases.web.showing.choices import language

HOUR = 60


@dataclass(frozen=True)
class Line:
    """One thing that differs; what was not there before, or is no more, is said in a word."""

    what: str
    before: str
    now: str


def lines(changes: Changes) -> list[Line]:
    """Rules, then calendars."""
    names = _places(each for rule in changes.rules for each in (rule.before, rule.now) if each)
    rules = [
        Line(_what(each.now or each.before or {}, names), _amount(each.before), _amount(each.now))
        for each in changes.rules
    ]
    return rules + [line for each in changes.calendars for line in _calendar(each)] + _reminders(changes)


def _what(rule: Kept, names: Mapping[str, str]) -> str:
    """The promise, and what it is limited to."""
    urgent = [gettext("urgent")] if rule["urgent"] else []
    topics = [topic_name(code, language()) for code in rule["topics"]]
    places = [names.get(code, code) for code in rule["areas"]]
    return " · ".join([gettext(PROMISES[rule["kind"]]), *urgent, *topics, *places])


def _places(rules: Iterable[Kept]) -> Mapping[str, str]:
    codes = {code for rule in rules for code in rule["areas"]}
    return place_names(sorted(codes), language()) if codes else {}


def _amount(rule: Kept | None) -> str:
    """How long, by which hours, and from when until when it is chosen."""
    if rule is None:
        return gettext("none")
    hours, minutes = divmod(rule["minutes"], HOUR)
    spans = ((_("%(n)s days"), rule["days"]), (_("%(n)s hours"), hours), (_("%(n)s minutes"), minutes))
    found = [gettext(text) % {"n": n} for text, n in spans if n]
    if rule["clock"] != "round":
        found.append(gettext("working time only"))
    if rule["until"]:
        found.append(gettext("until %(day)s") % {"day": _day(rule["until"])})
    return " · ".join(found)


def _calendar(change: CalendarChange) -> list[Line]:
    what, none = gettext("Calendar"), gettext("none")
    found = [
        Line(f"{what}: {gettext(words)}", none, " · ".join(map(written, days)))
        for words, days in ((_("days off"), change.freed), (_("working days"), change.worked))
        if days
    ]
    return found + ([Line(what, "", gettext("other working hours"))] if change.hours else [])


def _reminders(changes: Changes) -> list[Line]:
    return (
        [Line(gettext("Reminder"), "", gettext("at another share of the time"))] if changes.reminders else []
    )


def _day(text: Any) -> str:
    return written(date.fromisoformat(str(text)))
