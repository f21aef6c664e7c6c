"""People passing through tell of themselves for one purpose, and what they told goes when that is over (BOUNDARIES).

A form for them names in its settings the question `passing` (what for), the question `until` (their last day here) and
`keep_days` (the longest it may be kept). A purpose whose choice says `declared = yes` exists only while the county has
declared it: an epidemic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mulian.modules.forms.domain.definition import Choice, Definition, Node

DECLARED = "declared"
"""The column of the choices that marks such a purpose."""


def purposes(form: Definition) -> tuple[Choice, ...]:
    """What such a form may be filled in for only while it is declared."""
    asked = form.nodes.get(form.passing.purpose) if form.passing else None
    return tuple(one for one in asked.choices if one.when.get(DECLARED) == "yes") if asked else ()


def purpose(form: Definition, answers: Mapping[str, Any]) -> str:
    """What these answers were told for, where it must be declared; else nothing."""
    said = answers.get(form.passing.purpose) if form.passing else None
    return next((one.name for one in purposes(form) if one.name == said), "")


def gone(form: Definition, answers: Mapping[str, Any], written: date) -> date | None:
    """The first day on which nothing of the answers may be kept; None for a form that is not for people passing."""
    if form.passing is None:
        return None
    longest = written + timedelta(days=form.passing.days)
    until = _day(answers.get(form.passing.until))
    return min(longest, until + timedelta(days=1)) if until else longest


def offering(form: Definition, declared: frozenset[str]) -> Definition:
    """The form without the purposes that nobody has declared."""
    hidden = {one.name for one in purposes(form)} - declared
    if not hidden or form.passing is None:
        return form
    name = form.passing.purpose
    return replace(
        form, items=tuple(_without(one, hidden) if one.name == name else one for one in form.items)
    )


def _without(node: Node, hidden: set[str]) -> Node:
    return replace(node, choices=tuple(one for one in node.choices if one.name not in hidden))


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
