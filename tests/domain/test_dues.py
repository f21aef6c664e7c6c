"""The day on which something is to be asked again, and a family's days in a few bytes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.modules.households.domain.catalogue import Item, Of, Type
from mulian.modules.households.domain.dues import due_on, packed, told

DAY = timedelta(days=1)
DAYS = st.dates(date(2001, 1, 1), date(2040, 12, 31))


def item(months: int) -> Item:
    return Item(code="x", group="x", name={"zh": "某"}, type=Type.COUNT, of=Of.HOUSEHOLD, months=months)


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from([1, 3, 6, 12, 24, 36]))
def test_it_is_the_first_day_on_which_the_item_is_stale(as_of: date, months: int) -> None:
    one, day = item(months), due_on(as_of, months)
    assert (one.stale(as_of, day - DAY), one.stale(as_of, day)) == (False, True)


def test_a_month_without_that_day_does_not_make_it_early() -> None:
    assert [due_on(date(2025, 8, day), 6) for day in (28, 29, 31)] == [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 1),
    ]
    assert due_on(date(2024, 2, 29), 12) == date(2025, 3, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | DAYS, max_size=20), DAYS)
def test_packed_days_say_how_many_are_known_and_due(days: list[date | None], today: date) -> None:
    due = sum(day is not None and day <= today for day in days)
    assert told(packed(days), today) == (len(days), due)
