"""Limits that several web processes hold together: one row counts, whoever takes from it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.access import limits
from mulian.core.access.limits import Shared
from mulian.core.access.models import Bucket
from mulian.core.database.vendor import is_postgresql
from mulian.kernel.bucket import Buckets
from tests.world import AT

NOW = AT.timestamp()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_ten_at_once_take_no_more_than_there_is() -> None:
    """As from ten web processes: each has a connection of its own."""
    limit = Shared("together", Buckets(4, 1 / 3600))
    limit.clear()

    def take(_: int) -> bool:
        try:
            return limit.take("somebody", NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(take, range(10))) == 4
    assert not limit.holds("somebody", NOW)
    assert limit.holds("somebody", NOW + 3600)
    assert limit.take("somebody else", NOW)
    limit.clear()


@pytest.mark.django_db(databases="__all__")
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.floats(0, 30), st.sampled_from([1.0, 2.5, -1.0])), max_size=12
    )
)
def test_a_row_counts_as_memory_does(steps: list[tuple[str, float, float]]) -> None:
    """The statement and the pure rule agree, drop by drop."""
    limit, plain = Shared("alike", Buckets(3, 0.2)), Buckets(3, 0.2)
    limit.clear()
    now = NOW
    for key, later, cost in steps:
        now += later
        assert limit.take(key, now, cost) == plain.take(key, now, cost)
        assert limit.holds(key, now, 1.0) == plain.holds(key, now, 1.0)


@pytest.mark.django_db(databases="__all__")
def test_who_came_is_forgotten_once_the_bucket_is_full_again() -> None:
    limit = Shared("forgotten", Buckets(2, 0.5))
    limit.clear()
    limit.take("a", NOW)
    left = 1 if is_postgresql() else 0
    assert [limits.sweep(AT + timedelta(seconds=1)), limits.sweep(AT + timedelta(seconds=3))] == [0, left]
    assert not Bucket.objects.exists()
