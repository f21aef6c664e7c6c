"""The ladder: every step at its minute, each exactly once."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.kernel.clock import CN
from mulian.kernel.quiet import QuietHours
from mulian.modules.cases.domain.ladder import LadderRules, Ladders, Step, due_steps, next_look
from mulian.modules.cases.domain.promises import Promise, keep, pause, promise, resume
from mulian.modules.cases.domain.staffing import Level
from tests.domain.test_promises import POLICY, RECEIVED, SOLVE, TAKE

RULES = LadderRules()
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
HELD = promise(SOLVE, at=RECEIVED, policy=POLICY)
URGENT = promise(TAKE, at=RECEIVED, policy=POLICY)


def seen(held: Promise, now: datetime, *, urgent: bool = False, holder: Level = Level.VILLAGE,
         fired: set[str] | None = None, joined: set[Level] | None = None) -> list[Step]:  # fmt: skip
    return list(
        due_steps(
            held,
            now=now,
            rules=RULES,
            urgent=urgent,
            holder=holder,
            fired=fired or set(),
            joined=joined or set(),
        )
    )


def swept(
    held: Promise, until: datetime, every: timedelta, **facts: bool | Level
) -> list[tuple[datetime, Step]]:
    """A sweep that runs `every` so often and remembers what it did."""
    fired: set[str] = set()
    joined: set[Level] = set()
    log: list[tuple[datetime, Step]] = []
    now = held.start
    while now <= until:
        for each in seen(held, now, fired=fired, joined=joined, **facts):  # type: ignore[arg-type]
            fired.add(each.key)
            log.append((now, each))
            if each.level:
                joined.add(each.level)
        now += every
    return log


def test_before_eighty_per_cent_nothing_is_due() -> None:
    assert seen(HELD, HELD.remind_at - timedelta(seconds=1)) == []
    assert [each.kind.value for each in seen(HELD, HELD.remind_at)] == ["remind"]


def test_the_ladder_climbs_one_level_a_day_and_ends_with_a_leader() -> None:
    log = swept(HELD, HELD.due + 20 * DAY, timedelta(hours=1))
    assert [(each.kind.value, each.level, each.at - HELD.due) for _, each in log] == [
        ("remind", None, -DAY * 7 * 0.2),
        ("overdue", Level.TOWNSHIP, 0 * DAY),
        ("overdue", Level.COUNTY, 1 * DAY),
        ("overdue", Level.DEPARTMENT, 2 * DAY),
        ("overdue", Level.LEADER, 3 * DAY),
    ]


@pytest.mark.parametrize(
    ("holder", "levels"),
    [
        (Level.TOWNSHIP, [Level.COUNTY, Level.DEPARTMENT, Level.LEADER]),
        (Level.COUNTY, [Level.DEPARTMENT, Level.LEADER]),
        (Level.DEPARTMENT, [Level.LEADER]),
    ],
)
def test_the_ladder_starts_above_the_holder(holder: Level, levels: list[Level]) -> None:
    log = swept(HELD, HELD.due + 20 * DAY, timedelta(hours=6), holder=holder)
    assert [each.level for _, each in log if each.level] == levels


def test_a_worker_that_slept_for_days_fires_every_step_once_and_in_order() -> None:
    steps = seen(HELD, HELD.due + 10 * DAY)
    assert [each.level for each in steps] == [
        None,
        Level.TOWNSHIP,
        Level.COUNTY,
        Level.DEPARTMENT,
        Level.LEADER,
    ]
    assert len({each.key for each in steps}) == len(steps)
    assert seen(HELD, HELD.due + 10 * DAY, fired={each.key for each in steps}, joined={Level.LEADER}) == []


def test_after_passing_up_no_level_is_left_out_or_asked_twice() -> None:
    first = seen(HELD, HELD.due)
    later = seen(
        HELD,
        HELD.due + DAY,
        holder=Level.TOWNSHIP,
        fired={each.key for each in first},
        joined={Level.TOWNSHIP},
    )
    assert [each.level for each in later] == [Level.COUNTY]


def test_an_urgent_case_not_taken_wakes_people_at_fifteen_and_thirty_minutes() -> None:
    log = swept(URGENT, RECEIVED + timedelta(hours=5), MINUTE, urgent=True)
    assert [
        ((each.at - RECEIVED) // MINUTE, each.kind.value, each.level, each.leader_on_duty, each.all_leaders)
        for _, each in log
    ] == [
        (12, "remind", None, False, False),
        (15, "urgent_first", Level.TOWNSHIP, True, False),
        (30, "urgent_all", None, False, True),
    ]
    assert all(now - each.at < MINUTE for now, each in log)


@pytest.mark.parametrize("held", [HELD, URGENT])
def test_a_promise_kept_or_paused_takes_no_step(held: Promise) -> None:
    late = held.due + 30 * DAY
    assert seen(keep(held, at=held.start, policy=POLICY), late, urgent=True) == []
    assert seen(pause(held, at=held.start), late, urgent=True) == []


def test_a_pause_does_not_fire_a_step_again() -> None:
    fired = {each.key for each in seen(HELD, HELD.due)}
    moved = resume(pause(HELD, at=HELD.due), at=HELD.due + 3 * DAY, policy=POLICY)
    assert seen(moved, HELD.due + 3 * DAY, fired=fired, joined={Level.TOWNSHIP}) == []
    assert [s.level for s in seen(moved, moved.due + DAY, fired=fired, joined={Level.TOWNSHIP})] == [
        Level.COUNTY
    ]


@settings(max_examples=40)
@given(st.integers(7, 3000), st.booleans())
def test_however_often_the_sweep_runs_the_steps_are_the_same(minutes: int, urgent: bool) -> None:
    held = URGENT if urgent else HELD
    until = held.due + 6 * DAY
    usual = [each.key for _, each in swept(held, until, DAY / 4, urgent=urgent)]
    mixed = [each.key for _, each in swept(held, until, timedelta(minutes=minutes), urgent=urgent)]
    assert mixed == usual[: len(mixed)]
    assert len(set(mixed)) == len(mixed)


@pytest.mark.parametrize("urgent", [True, False])
def test_looking_only_when_told_to_misses_no_step(urgent: bool) -> None:
    held = URGENT if urgent else HELD
    now: datetime | None = held.start
    fired: set[str] = set()
    joined: set[Level] = set()
    while now is not None:
        for each in seen(held, now, urgent=urgent, fired=fired, joined=joined):
            assert each.at == now
            fired.add(each.key)
            joined |= {each.level} if each.level else set()
        now = next_look(held, now=now, rules=RULES, urgent=urgent)
    assert len(fired) == (3 if urgent else 5)


NIGHT = QuietHours()


@pytest.mark.parametrize(
    ("hour", "told"),
    [((21, 59), (22, 21, 59)), ((22, 0), (23, 7, 0)), ((23, 30), (23, 7, 0)), ((0, 0), (22, 7, 0)),
     ((6, 59), (22, 7, 0)), ((7, 0), (22, 7, 0)), ((12, 0), (22, 12, 0))],
)  # fmt: skip
def test_quiet_hours_hold_until_seven(hour: tuple[int, int], told: tuple[int, int, int]) -> None:
    at = datetime(2026, 11, 22, *hour, tzinfo=CN)
    assert NIGHT.tell_at(at) == datetime(2026, 11, *told, tzinfo=CN)


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    noon = datetime(2026, 11, 22, 13, tzinfo=CN)
    assert QuietHours(time(12), time(14)).tell_at(noon) == datetime(2026, 11, 22, 14, tzinfo=CN)
    assert QuietHours(time(12), time(12)).tell_at(noon) == noon


def test_only_what_is_urgent_is_told_at_night() -> None:
    night = datetime(2026, 11, 22, 16, tzinfo=UTC)
    slow, quick = replace(HELD, due=night, remind_at=night), promise(TAKE, at=night, policy=POLICY)
    assert [each.tell_at for each in seen(slow, night)] == [night + timedelta(hours=7)] * 2
    assert all(each.tell_at == each.at for each in seen(quick, night + DAY, urgent=True))


def test_the_nearest_area_has_its_own_ladder() -> None:
    fast = replace(RULES, step=timedelta(hours=8))
    ladders = Ladders(RULES, {"990001": RULES, "990001100": fast})
    assert ladders.rules_for("990001100201") is fast
    assert ladders.rules_for("990001200201") is RULES
