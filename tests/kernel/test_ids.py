"""Ids sort in the order they were made, and say so in their own bits."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel import clock, ids

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis adds the zone


def test_ids_made_one_after_the_other_sort_that_way() -> None:
    made = [ids.uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_stay_in_order_when_the_clock_steps_back() -> None:
    later = datetime(2150, 1, 1, tzinfo=UTC)
    with clock.use(clock.FixedClock(later)):
        first = ids.uuid7()
    with clock.use(clock.FixedClock(later - timedelta(hours=1))):
        second = ids.uuid7()
    assert first < second


def test_five_thousand_ids_of_one_stated_moment_stay_in_order() -> None:
    made = [ids.uuid7(datetime(2020, 5, 1, tzinfo=UTC)) for _ in range(5_000)]
    assert made == sorted(made)


def test_a_stated_moment_may_lie_before_an_earlier_one() -> None:
    late, early = datetime(2024, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
    assert ids.uuid7(late) > ids.uuid7(early)


@given(MOMENTS)
def test_the_moment_can_be_read_back_to_the_millisecond(at: datetime) -> None:
    read = ids.made_at(ids.uuid7(at))
    assert timedelta(0) <= at - read < timedelta(milliseconds=1)


@given(MOMENTS)
def test_version_and_variant_are_those_of_rfc_9562(at: datetime) -> None:
    made = ids.uuid7(at)
    assert (made.version, made.variant) == (7, UUID(int=0x8 << 60).variant)
    assert ids.is_uuid7(made)
    assert ids.is_uuid7(str(made))


@pytest.mark.parametrize(
    "value", [uuid4(), str(uuid4()), "", "x", None, 7, "{01890a5d-ac96-774b-bcce-b302099a8057}", "0" * 32]
)
def test_other_things_are_no_uuid7(value: object) -> None:
    assert not ids.is_uuid7(value)


def test_threads_never_share_an_id() -> None:
    made: list[UUID] = []
    threads = [Thread(target=lambda: made.extend(ids.uuid7() for _ in range(2_000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000


def test_before_1970_there_is_no_id() -> None:
    with pytest.raises(ValueError, match="1970"):
        ids.uuid7(datetime(1969, 12, 31, tzinfo=UTC))
