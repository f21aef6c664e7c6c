"""The rota is edited by an officer; leave and gaps count before they come; the desk asks only who is there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from mulian.core.access import actions as access
from mulian.core.access.models import DutyShift, Posting
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import rota
from mulian.modules.cases.actions.gaps import sweep_gaps
from mulian.modules.cases.actions.listening import sweep_listening
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import ListeningItem
from mulian.modules.cases.queries import rota as reading
from tests.modules.cases.conftest import Line, later
from tests.world import AT

VOICE = Voice(sha256="ab" * 32, seconds=17.5, mime="audio/webm")
TODAY = AT.astimezone(CN).date()
NEXT = TODAY + timedelta(days=7)


def put(line: Line, who: str, language: str = "bo", day: date = NEXT, watch: int = 0) -> DutyShift:
    return rota.put_on(
        person=line.world.people[who], language=language, day=day, watch=watch,
        actor=line.world.actor("county_duty"), at=AT,
    )  # fmt: skip


def away(line: Line, who: str, hours: float) -> None:
    posting = Posting.objects.get(person=line.world.people[who]).id
    access.set_leave(posting=posting, starts=AT, ends=later(hours=hours), deputy=None, actor=SYSTEM, at=AT)


def on(line: Line, day: date = NEXT, watch: int = 0, language: str = "bo") -> list[UUID]:
    return [each.person for each in reading.cell(day, watch, language, AT).on]


def test_put_on_give_and_take_off(line: Line) -> None:
    people, officer = line.world.people, line.world.actor("county_duty")
    shift = put(line, "county_duty2")
    starts, ends = reading.span(NEXT, reading.rules().desk.watches[0])
    assert (shift.starts, shift.ends, shift.kind, shift.language) == (starts, ends, "listening", "bo")
    assert on(line) == [people["county_duty2"]]
    given = rota.give(shift=shift.id, to=people["township_officer"], actor=officer, at=AT)
    assert on(line) == [people["township_officer"]]
    rota.take_off(shift=given.id, actor=officer, at=AT)
    assert on(line) == []


def test_two_swap_their_turns_or_neither_does(line: Line) -> None:
    people, officer = line.world.people, line.world.actor("county_duty")
    one, other = put(line, "county_duty2"), put(line, "township_officer", watch=1)
    rota.swap(one=one.id, other=other.id, actor=officer, at=AT)
    assert (on(line), on(line, watch=1)) == ([people["township_officer"]], [people["county_duty2"]])
    clash = put(line, "county_duty", watch=2)
    mine = DutyShift.objects.get(person=people["county_duty2"], starts__gt=later(days=2))
    access.add_shift(
        unit=clash.unit_id, person=people["county_duty"], kind="listening", starts=mine.starts, ends=mine.ends,
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    before = set(DutyShift.objects.values_list("id", "person_id"))
    with pytest.raises(Problem) as refused:
        rota.swap(one=mine.id, other=clash.id, actor=officer, at=AT)
    assert refused.value.code == "cases.on_already"
    assert set(DutyShift.objects.values_list("id", "person_id")) == before


@pytest.mark.parametrize(
    ("who", "day", "watch", "language", "code"),
    [
        ("liaison", NEXT, 0, "bo", "cases.no_listener"),
        ("county_duty2", TODAY - timedelta(days=2), 0, "bo", "cases.turn_over"),
        ("county_duty2", NEXT, 9, "bo", "cases.bad_watch"),
        ("county_duty2", NEXT, 0, "fr", "cases.bad_watch"),
    ],
)
def test_who_cannot_listen_then_is_refused(
    line: Line, who: str, day: date, watch: int, language: str, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        put(line, who, language, day, watch)
    assert refused.value.code == code


def test_only_who_keeps_the_rota_edits_it(line: Line) -> None:
    shift = put(line, "county_duty2")
    with pytest.raises(Problem) as refused:
        rota.take_off(shift=shift.id, actor=line.world.actor("township_officer"), at=AT)
    assert refused.value.code == "forbidden"


def test_somebody_on_leave_is_not_asked_and_their_hours_are_a_gap(line: Line) -> None:
    away(line, "county_duty2", hours=6)
    gap = reading.coming_gaps(AT, later(hours=8))[0]
    assert (gap.language, gap.starts, gap.ends) == ("bo", AT, later(hours=6))
    case = line.report(household="near", voice=VOICE)
    assert ListeningItem.objects.get(case=case).asked_id == line.world.people["county_duty"]
    late = line.report(household="near2", voice=VOICE, at=later(hours=7))
    assert ListeningItem.objects.get(case=late).asked_id == line.world.people["county_duty2"]


def test_when_nobody_is_there_the_voice_is_handed_to_the_duty_officer(line: Line) -> None:
    away(line, "county_duty2", hours=6)
    away(line, "county_duty", hours=6)
    case = line.report(household="near", voice=VOICE)
    assert ListeningItem.objects.get(case=case).asked_id is None
    assert sweep_listening(later(minutes=10)) == 1
    assert ListeningItem.objects.get(case=case).asked_id == line.world.people["county_duty"]


def test_duty_officers_are_told_of_a_gap_once_before_it_comes(line: Line) -> None:
    """The cast's rota ends twelve hours from now in both languages."""
    assert sweep_gaps(AT) == 2
    told = set(Notice.objects.filter(kind="cases.gap").values_list("person", "title"))
    people = line.world.people
    titles = ("Nobody listens in Tibetan from %(from)s", "Nobody listens in Chinese from %(from)s")
    assert told == {(people[who], title) for who in ("county_duty", "county_duty2") for title in titles}
    sweep_gaps(later(minutes=30))
    sweep_gaps(later(hours=1))
    assert Notice.objects.filter(kind="cases.gap").count() == 4
