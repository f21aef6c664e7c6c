"""Relative times are whole sentences, counted in the county's own days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from mulian.core.ui import spans

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=26), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=40), "12 Oct 2026"),
        (timedelta(minutes=-2), "just now"),
    ],
)
def test_ago_table(before: timedelta, shown: str) -> None:
    with translation.override("en"):
        assert spans.ago(NOW - before, now=NOW, language="en") == shown


@pytest.mark.parametrize(
    ("ahead", "shown"),
    [
        (timedelta(days=7), "7 days left"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(minutes=14, seconds=59), "14 minutes left"),
        (timedelta(0), "0 minutes left"),
        (timedelta(minutes=-1), "1 minutes overdue"),
        (timedelta(hours=-5), "5 hours overdue"),
        (timedelta(days=-3), "3 days overdue"),
    ],
)
def test_left_table(ahead: timedelta, shown: str) -> None:
    with translation.override("en"):
        assert spans.left(NOW + ahead, now=NOW) == shown


@pytest.mark.parametrize(("metres", "shown"), [(40, "40 m"), (1500, "1.5 km"), (68_400, "68 km")])
def test_distance_table(metres: float, shown: str) -> None:
    with translation.override("en"):
        assert spans.distance(metres) == shown
