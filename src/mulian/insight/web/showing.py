"""Figures as the page and the table show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from mulian.core.areas.models import Unit
from mulian.core.areas.queries import place_names
from mulian.core.ui import wording
from mulian.insight.domain.periods import By, Span
from mulian.insight.domain.tallies import FEW, TIMES, Middle, Office, Tally
from mulian.insight.queries.counting import Depth
from mulian.insight.web.drawing import Drawing, drawing
from mulian.insight.web.words import LEVELS, MEANINGS, NAMES, OUTCOMES, STATES, length, named
from mulian.modules.cases import public as cases

SHARES = ("solved_once", "solved", "lowest", "false", "overdue")


def language() -> str:
    return get_language() or "zh-hans"


def period(by: By, span: Span) -> str:
    """A period's name: the day, the week's first day, or year and month."""
    written = wording.month if by is By.MONTH else wording.day
    return written(span.since, language())


def short(by: By, span: Span) -> str:
    """The same below a line."""
    return f"{span.since:%y-%m}" if by is By.MONTH else f"{span.since:%m-%d}"


def percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}%"


def cards(total: Tally) -> list[dict[str, Any]]:
    """The headline figures, each with what counts and what does not."""
    found = [_card("cases", wording.number(total.cases), "")]
    for name in SHARES:
        of = total.solved if name == "lowest" else total.cases
        text = gettext("%(n)s of %(of)s") % {"n": getattr(total, name), "of": of} if of else ""
        found.append(_card(name, percent(total.share(name)), text))
    found[4]["detail"] = _detail(total) or found[4]["detail"]
    for name in ("returns", "handed_on"):
        found.append(_card(name, wording.number(getattr(total, name)), ""))
    return found


def _card(name: str, value: str, detail: str) -> dict[str, Any]:
    return {"name": gettext(NAMES[name]), "value": value, "detail": detail, "means": gettext(MEANINGS[name])}


def _detail(total: Tally) -> str:
    parts = [f"{gettext(NAMES[name])}: {getattr(total, name)}" for name in ("taken_back", "unproven")]
    return " · ".join(parts) if total.cases else ""


def times(total: Tally) -> list[dict[str, str]]:
    """How long each step took: name, median, p90, of how many."""
    found: list[tuple[str, Middle | None]] = [(name, total.times.get(name)) for name in TIMES]
    found.append(("waited", total.waited))
    return [{"name": gettext(NAMES[name]), **_middle(each)} for name, each in found]


def _middle(each: Middle | None) -> dict[str, str]:
    if each is None:
        return {"median": "", "p90": "", "of": "0"}
    return {"median": length(each.median), "p90": length(each.p90), "of": wording.number(each.of)}


def row(name: str, tally: Tally, **more: Any) -> dict[str, Any]:
    """One line of a table. With few cases its shares stay unsaid, its counts do not."""
    return {
        "name": name,
        "tally": tally,
        "few": tally.few,
        "solved": "" if tally.few else percent(tally.share("solved")),
        "once": "" if tally.few else percent(tally.share("solved_once")),
        "overdue": "" if tally.few else percent(tally.share("overdue")),
        "false": "" if tally.few else percent(tally.share("false")),
        "median": "" if tally.few else _median(tally, "solve"),
        "p90": "" if tally.few or "solve" not in tally.times else length(tally.times["solve"].p90),
        **more,
    }


def _median(tally: Tally, name: str) -> str:
    return length(tally.times[name].median) if name in tally.times else ""


def parts(found: Depth, area: str) -> list[dict[str, Any]]:
    """The areas below; what lies in none of them stands last under its own name."""
    names = place_names(found.parts, language())
    rest = gettext("no closer place is known")
    return [
        row(names.get(code, code) if code != area else rest, tally, code="" if code == area else code)
        for code, tally in found.parts.items()
    ]


def topics(found: Depth) -> list[dict[str, Any]]:
    unknown = gettext("not sorted yet")
    return [
        row(cases.topic_name(code, language()) if code else unknown, t) for code, t in found.topics.items()
    ]


def outcomes(found: Depth) -> list[dict[str, Any]]:
    """Every way it can end that occurs; the counts add up to all cases."""
    known = [code for code in OUTCOMES if code in found.outcomes]
    lines = [row(named(OUTCOMES, code), found.outcomes[code]) for code in known]
    return [line | {"share": percent(line["tally"].cases / found.total.cases)} for line in lines]


def offices(lines: Sequence[Office]) -> list[dict[str, Any]]:
    """Groups by level: offices with a rank first, then those with few cases."""
    units = {u.id: u.name(language()) for u in Unit.objects.filter(id__in=[o.unit for o in lines if o.unit])}
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in lines:
        name = units.get(each.unit, "") if each.unit else gettext(LEVELS["leader"])
        own = row(
            name, each.figures, rank=each.rank, take="" if each.figures.few else _median(each.figures, "take")
        )
        groups.setdefault(each.level, []).append(own)
    return [{"level": named(LEVELS, level), "lines": found} for level, found in groups.items()]


def office(unit: UUID) -> str:
    """An office's name."""
    found = Unit.objects.filter(id=unit).first()
    return found.name(language()) if found else ""


def charts(by: By, row_of: Sequence[Span], line: Sequence[Tally]) -> list[dict[str, Any]]:
    """Three drawings, each with the table that says the same."""
    labels = [short(by, each) for each in row_of]
    counted = {"cases": [t.cases for t in line], "solved": [t.solved for t in line]}
    shares = {name: [_percent(t, name) for t in line] for name in ("solved_once", "solved", "overdue")}
    took = {"median": [_days(t, "median") for t in line], "p90": [_days(t, "p90") for t in line]}
    return [
        _chart(gettext("Received and solved"), labels, counted, ""),
        _chart(gettext("Shares of what was received"), labels, shares, "%"),
        _chart(gettext("Days until solved"), labels, took, ""),
    ]


def _chart(
    title: str, labels: Sequence[str], lines: Mapping[str, Sequence[float | None]], unit: str
) -> dict[str, Any]:
    named_lines = [(gettext(NAMES[name]), values) for name, values in lines.items()]
    drawn: Drawing | None = drawing(labels, named_lines, unit)
    cells = [
        (label, ["" if values[i] is None else f"{values[i]:g}{unit}" for _, values in named_lines])
        for i, label in enumerate(labels)
    ]
    return {"title": title, "drawing": drawn, "names": [name for name, _ in named_lines], "rows": cells[::-1]}


def _percent(tally: Tally, name: str) -> float | None:
    share = tally.share(name)
    return None if share is None or tally.few else round(100 * share, 1)


def _days(tally: Tally, which: str) -> float | None:
    found = tally.times.get("solve")
    return None if found is None or tally.few else round(getattr(found, which) / timedelta(days=1), 1)


def few() -> int:
    return FEW


def topic(code: str) -> str:
    return cases.topic_name(code, language()) if code else ""


def state(code: str) -> str:
    return named(STATES, code)
