"""The listening desk: a voice without words moves on either way, and is never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.access import actions as access
from mulian.core.events.models import Event
from mulian.core.files.models import BlobUse
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import listening, steps
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.handlers import sweep_listening
from mulian.modules.cases.models import Case, ListeningItem, Promise, Translation
from mulian.modules.cases.queries import desk
from tests.modules.cases.conftest import Line, later
from tests.world import AT, VILLAGE, VILLAGE2

VOICE = Voice(sha256="ab" * 32, seconds=17.5, mime="audio/webm")


def item_of(case: Case) -> ListeningItem:
    return ListeningItem.objects.get(case=case)


def test_a_voice_is_routed_at_once_and_waits_to_be_heard(line: Line) -> None:
    case = line.report(household="near", voice=VOICE)
    assert (f"village:{VILLAGE}", "village_deputy", "responsible", "place") in line.receivers(case)
    item = item_of(case)
    assert (item.state, item.language, item.asked_id) == ("waiting", "bo", line.world.people["county_duty2"])
    assert Notice.objects.get(subject_id=case.id, kind="cases.listen").person == item.asked_id
    use = BlobUse.objects.get(subject_id=case.id)
    assert (use.blob_id, use.role, use.permission) == (VOICE.sha256, "report_voice", "cases.view")


def test_a_voice_with_words_needs_no_listener(line: Line) -> None:
    case = line.report(household="near", voice=VOICE, text="桥断了")
    assert not ListeningItem.objects.filter(case=case).exists()


def test_written_down_once_it_carries_text_topic_place_and_urgency(line: Line) -> None:
    case = line.report(household="near", voice=VOICE)
    listener = line.world.actor("county_duty2")
    held = listening.next_item(actor=listener, at=AT)
    assert held is not None
    assert held.case_id == case.id
    row = listening.transcribe(
        item=held.id, transcript="ཟམ་པ་ཆད།", translation="隆吉村的桥断了,有人被困", actor=listener, at=later(minutes=1),
        area=VILLAGE2, urgent=True,
    )  # fmt: skip
    assert (row.text, row.topic, row.area_id, row.urgent) == ("ཟམ་པ་ཆད།", "road.bridge", VILLAGE2, True)
    assert (f"village:{VILLAGE2}", "village_lead2", "responsible", "place") in line.receivers(case)
    assert Promise.objects.get(case=case, kind="take").due == later(minutes=16)
    kept, written = item_of(case), Translation.objects.get(subject_id=case.id)
    assert (kept.state, kept.listener_id, kept.transcript) == ("done", listener.person, "ཟམ་པ་ཆད།")
    assert (written.piece, written.state, written.text, written.written_by_id) == (
        "transcript", "done", "隆吉村的桥断了,有人被困", listener.person,
    )  # fmt: skip
    with pytest.raises(Problem) as refused:
        listening.claim(item=held.id, actor=listener, at=later(minutes=2))
    assert refused.value.code == "cases.heard"


def test_what_is_heard_does_not_take_the_case_from_who_took_it(line: Line) -> None:
    """The county took an urgent voice; hearing where it was brings the village in, but rings nobody again."""
    case = line.report(household="near", voice=VOICE, urgent=True)
    line.act(steps.take, case, "county_duty", at=later(minutes=1))
    listener = line.world.actor("county_duty2")
    held = listening.next_item(actor=listener, at=later(minutes=1))
    assert held is not None
    row = listening.transcribe(
        item=held.id, transcript="水涨了", translation="", actor=listener, at=later(minutes=2), area=VILLAGE2
    )
    assert (row.state, row.responsible_person_id) == ("taken", line.world.people["county_duty"])
    assert f"village:{VILLAGE2}" in {unit for unit, *_ in line.receivers(case)}
    assert Promise.objects.get(case=case, kind="take").state == "met"


def test_a_claimed_voice_is_nobody_elses(line: Line) -> None:
    case = line.report(household="near", voice=VOICE)
    listening.claim(item=item_of(case).id, actor=line.world.actor("county_duty2"), at=AT)
    with pytest.raises(Problem) as refused:
        listening.claim(item=item_of(case).id, actor=line.world.actor("county_duty"), at=AT)
    assert refused.value.code == "cases.claimed"


def test_nobody_claims_the_next_on_the_rota_is_asked_then_the_duty_officer(line: Line) -> None:
    people = line.world.people
    case = line.report(household="near", voice=VOICE)
    assert sweep_listening(later(minutes=9)) == 0
    assert sweep_listening(later(minutes=10)) == 1
    assert item_of(case).asked_id == people["county_duty"]
    assert sweep_listening(later(minutes=10)) == 0
    access.add_shift(
        unit=line.world.units["county_centre"], person=people["township_officer"], kind="listening",
        starts=AT, ends=later(hours=1), actor=SYSTEM, at=AT,
    )  # fmt: skip
    sweep_listening(later(minutes=20))
    assert item_of(case).asked_id == people["township_officer"]
    sweep_listening(later(minutes=30))
    assert item_of(case).asked_id == people["county_duty"]
    assert Event.objects.filter(subject_id=case.id, name="cases.voice_handed_over").count() == 3


def test_a_voice_everybody_lets_lie_is_told_to_each_turn_once(line: Line) -> None:
    """No storm: a listener and a duty officer hear of it once a turn, however often the queue is looked through."""
    case = line.report(household="near", voice=VOICE, urgent=True)
    for hours in range(1, 12):
        sweep_listening(later(hours=hours))
    told = Notice.objects.filter(subject_id=case.id, kind="cases.listen")
    asked = Event.objects.filter(subject_id=case.id, name="cases.voice_handed_over")
    before = told.count(), asked.count()
    assert before[0] <= 4
    for minutes in range(0, 600, 30):
        sweep_listening(later(hours=12, minutes=minutes))
    assert (told.count(), asked.count()) == before
    tomorrow = later(days=3)
    access.add_shift(
        unit=line.world.units["county_centre"], person=line.world.people["county_duty2"], kind="listening",
        starts=tomorrow, ends=tomorrow + timedelta(hours=8), actor=SYSTEM, at=AT,
    )  # fmt: skip
    sweep_listening(tomorrow)
    item = item_of(case)
    assert (item.state, item.asked_id) == ("waiting", line.world.people["county_duty2"])
    assert told.count() == before[0] + 1


def test_a_claim_not_finished_is_handed_over(line: Line) -> None:
    case = line.report(household="near", voice=VOICE, urgent=True)
    listening.claim(item=item_of(case).id, actor=line.world.actor("county_duty2"), at=later(minutes=1))
    sweep_listening(later(minutes=2))
    assert item_of(case).state == "claimed"
    sweep_listening(later(minutes=3))
    item = item_of(case)
    assert (item.state, item.claimed_by_id, item.asked_id) == (
        "waiting",
        None,
        line.world.people["county_duty"],
    )


def test_the_queue_is_urgent_first_then_ones_own_turn(line: Line) -> None:
    plain = line.report(household="near", voice=VOICE)
    chinese = line.report(by="liaison_town", at=later(minutes=1), voice=VOICE)
    urgent = line.report(household="near2", at=later(minutes=2), voice=VOICE, urgent=True)

    def order(name: str) -> list[Case]:
        return [each.case for each in desk.queue(line.world.actor(name), later(minutes=3))]

    assert order("county_duty2") == [urgent, plain, chinese]
    assert order("county_duty") == [urgent, chinese, plain]
    assert desk.number(line.world.actor("outsider"), AT) == 0
