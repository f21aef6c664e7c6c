"""Components say a state by word as well as by colour, and escape what people wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.template import engines

from mulian.core.ui import clocks, mappoint

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def render(source: str, **context: Any) -> str:
    template: str = engines["django"].from_string("{% load ui %}" + source).render(context)
    return " ".join(template.split())


def promise(**changed: Any) -> dict[str, Any]:
    start = NOW - timedelta(days=1)
    return {
        "title": "",
        "start": start,
        "due": start + timedelta(days=7),
        "met": None,
        "state": "running",
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "look"),
    [
        ({}, ("info", "clock", 14.3)),
        ({"due": NOW + timedelta(hours=4)}, ("warn", "clock", 85.7)),
        ({"due": NOW - timedelta(hours=1)}, ("danger", "triangle", 100.0)),
        ({"state": "met", "met": NOW}, ("good", "tick", 14.3)),
        ({"state": "late", "met": NOW}, ("warn", "tick", 14.3)),
        ({"state": "missed"}, ("danger", "triangle", 14.3)),
        ({"state": "paused"}, ("neutral", "pause", 14.3)),
        ({"start": None}, ("warn", "clock", 100.0)),
    ],
)
def test_clock_looks_by_state_and_share_of_time(
    changed: dict[str, Any], look: tuple[str, str, float]
) -> None:
    shown = clocks.clock(promise(**changed), now=NOW)

    assert (shown.tone, shown.shape, shown.gone) == look


def test_clock_always_has_words() -> None:
    words = {
        clocks.clock(promise(state=s), now=NOW).words
        for s in ("running", "met", "late", "paused", "cancelled")
    }

    assert "" not in words
    assert len(words) == 5


def test_text_people_wrote_is_escaped_and_marked_with_its_script() -> None:
    assert render("{{ t|script }}", t="<b>桥") == '<span lang="zh-Hans">&lt;b&gt;桥</span>'


def test_label_escapes_and_marks() -> None:
    assert render("{{ t|label }}", t="<i>ཉར་ཚགས") == "&lt;i&gt;ཉར་ཚགས།"


def test_chip_carries_shape_and_word() -> None:
    shown = render('{% chip "taken" tone="good" shape="tick" %}')

    assert "#shape-tick" in shown
    assert "<span>taken</span>" in shown


def test_names_fall_back_to_chinese_and_never_to_nothing() -> None:
    from django.utils import translation

    with translation.override("bo"):
        assert render("{{ n|named }}", n={"zh": "村", "bo": "", "en": "Village"}) == "村"


def test_map_point_keeps_north_up_and_proportions() -> None:
    near = [{"name": "north", "metres": 1000, "lat": 34.01, "lon": 100.0}]

    shown = mappoint.drawing(34.0, 100.0, near, None)

    assert (shown.marks[0].x, shown.marks[0].y) == (120.0, 36.0)
    assert shown.radius == 0


def test_nothing_inline_in_any_component() -> None:
    shown = render(
        '{% chip "a" %}{% clock p %}{% audio "/a" seconds=3 %}{% photo "/p" %}{% live "/l" %}'
        "{% map_point 34.0 100.0 %}",
        p=promise(),
    )

    assert "style=" not in shown
    assert "<script" not in shown
    assert " onclick" not in shown
