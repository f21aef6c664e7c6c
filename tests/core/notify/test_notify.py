"""Told exactly once, in the right hour, through a real HTTP gateway that fails in every way it can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.notify import actions, queries
from mulian.core.notify.actions import KEPT, mark_read, run_due, sweep, tell
from mulian.core.notify.models import Notice, NoticeSend, Pause
from mulian.core.notify.sending import LEASE, PAUSE
from mulian.core.notify.timing import BACKOFF
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from tests.core.providers.stub import Stub, gateway

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 21, 9, 30, tzinfo=CN).astimezone(UTC)
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=CN).astimezone(UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CASE = uuid4()


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    """A gateway that is switched on."""
    with gateway() as running:
        settings.MULIAN_SMS_URL = running.url
        settings.MULIAN_SMS_ALLOWED = ["127.0.0.0/8"]
        yield running


def person(phone: str = "+8613900000001", language: str = "en") -> UUID:
    """Somebody who can be told."""
    row = Person.objects.create(
        id=uuid4(), username=uuid4().hex, name="Testname", phone=phone, language=language, created_at=DAY
    )
    return row.id


def say(*persons: UUID, at: datetime = DAY, urgent: bool = False, key: str = "", **params: str) -> None:
    """Tell people about a case."""
    tell(
        persons=persons,
        kind="cases.reported",
        title="%(name)s reported something",
        params={"name": "Testname", **params},
        link=f"/cases/{CASE}/",
        subject_kind="case",
        subject_id=CASE,
        urgent=urgent,
        key=key or uuid4().hex,
        at=at,
    )


def states() -> list[str]:
    sends = NoticeSend.objects.order_by("notice__created_at", "id")
    return list(sends.values_list("state", flat=True))


def actor(id: UUID) -> Actor:
    return Actor(id, "Testname", "en")


def test_the_same_key_tells_a_person_once(stub: Stub) -> None:
    one, two = person(), person("+8613900000002")
    say(one, one, urgent=True, key="case-1:overdue")
    say(one, two, urgent=True, key="case-1:overdue", at=DAY + HOUR)
    assert Notice.objects.count() == 2
    for minute in range(3):
        run_due(DAY + HOUR + minute * MINUTE)
    assert sorted(message["to"] for message in stub.got) == ["+8613900000001", "+8613900000002"]
    assert states() == ["sent"] * 2


def test_without_a_gateway_nothing_leaves_and_the_console_has_it() -> None:
    say(one := person(), urgent=True)
    assert (run_due(DAY), states(), queries.unread(actor(one))) == (0, [], 1)


def test_gateway_switched_off_later_leaves_nothing_waiting(settings: Any) -> None:
    settings.MULIAN_SMS_URL = "http://127.0.0.1:1/"
    say(person(), urgent=True)
    settings.MULIAN_SMS_URL = ""
    assert (run_due(DAY), states()) == (1, ["no_channel"])


def test_urgent_leaves_at_once_also_at_night(stub: Stub) -> None:
    say(person(), at=NIGHT, urgent=True, number="GD20261121K7QX")
    run_due(NIGHT)
    assert [message["text"] for message in stub.got] == ["Mulian: urgent case GD20261121K7QX. Open Mulian."]


def test_the_rest_waits_for_the_morning_and_comes_as_one(stub: Stub) -> None:
    one = person()
    for minute in range(3):
        say(one, at=NIGHT + minute * MINUTE, number=f"GD2026112{minute}")
    run_due(NIGHT + HOUR)
    assert stub.got == []
    morning = datetime(2026, 11, 22, 7, tzinfo=CN)
    run_due(morning - MINUTE)
    assert stub.got == []
    assert run_due(morning) == 1
    assert [message["text"] for message in stub.got] == ["Mulian: 3 matters wait for you. Open Mulian."]
    assert run_due(morning + MINUTE) == 0


def test_at_most_one_digest_an_hour(stub: Stub) -> None:
    one = person()
    for minute in range(0, 600, 7):
        now = DAY + minute * MINUTE
        say(one, at=now)
        run_due(now)
    hours = [message["id"] for message in stub.got]
    assert len(hours) == len(set(hours)) == 10


def test_what_was_read_in_the_console_is_not_sent(stub: Stub) -> None:
    say(one := person())
    assert mark_read(actor=actor(one), at=DAY + MINUTE) == 1
    run_due(DAY + HOUR)
    assert (stub.got, states(), queries.unread(actor(one))) == ([], ["read_before"], 0)


@pytest.mark.parametrize("language", ["zh-hans", "bo", "en"])
@pytest.mark.parametrize("urgent", [True, False])
def test_no_word_of_the_report_is_in_an_sms(stub: Stub, language: str, urgent: bool) -> None:
    say(person(language=language), urgent=urgent, number="GD20261121K7QX", name="卓玛", place="康巴村")
    say(person(language=language), urgent=urgent, number="卓玛 has a broken leg")
    run_due(DAY + HOUR)
    texts = [message["text"] for message in stub.got]
    assert len(texts) == 2
    assert sum("GD20261121K7QX" in text for text in texts) == 1
    assert not any(word in text for text in texts for word in ("卓玛", "康巴", "Testname", "leg"))


def test_failures_are_tried_again_with_the_same_id_until_they_are_given_up(stub: Stub) -> None:
    stub.answers = [503]
    say(person(), urgent=True)
    now = DAY
    for wait in (*BACKOFF, timedelta()):
        assert run_due(now) == 1
        assert run_due(now + wait - MINUTE) == 0 or not wait
        now += max(wait, PAUSE)
    assert (states(), len(stub.got), len(stub.delivered)) == (["dead"], len(BACKOFF) + 1, 1)
    assert [send.error for send in queries.not_delivered(DAY)] == ["gateway failed"]
    assert run_due(now + HOUR) == 0


def test_lost_reply_is_one_sms_for_a_gateway_that_honours_ids(stub: Stub) -> None:
    stub.answers = [0, 200]
    say(person(), urgent=True)
    run_due(DAY)
    run_due(DAY + BACKOFF[0])
    assert (len(stub.got), len(stub.delivered), states()) == (2, 1, ["sent"])


def test_digest_that_failed_keeps_its_id_and_its_notices(stub: Stub) -> None:
    stub.answers = [500, 200]
    one = person()
    say(one), say(one)
    run_due(DAY + HOUR)
    say(one, at=DAY + HOUR)
    run_due(DAY + HOUR + BACKOFF[0])
    assert [message["text"] for message in stub.delivered] == ["Mulian: 2 matters wait for you. Open Mulian."]
    run_due(DAY + 2 * HOUR)
    assert len(stub.delivered) == 2


def test_success_is_never_repeated_even_when_a_worker_died_before(stub: Stub) -> None:
    say(person(), urgent=True)
    NoticeSend.objects.filter(channel="sms").update(leased_until=DAY + LEASE, attempts=1)
    assert run_due(DAY + MINUTE) == 0
    assert run_due(DAY + LEASE) == 1
    assert run_due(DAY + 2 * LEASE) == 0
    assert len(stub.got) == 1


def test_number_that_keeps_being_rejected_is_left_alone_until_it_changes(stub: Stub) -> None:
    stub.answers = [422]
    one = person()
    for n in range(5):
        say(one, urgent=True, at=DAY + n * HOUR)
        run_due(DAY + n * HOUR)
    assert (len(stub.got), states(), queries.silent_numbers()) == (3, ["dead"] * 5, [one])
    Person.objects.filter(id=one).update(phone="+8613900000009")
    stub.answers = [200]
    say(one, urgent=True, at=DAY + 9 * HOUR)
    run_due(DAY + 9 * HOUR)
    assert (stub.got[-1]["to"], queries.silent_numbers()) == ("+8613900000009", [])


def test_gateway_that_is_down_gets_a_rest_and_nothing_is_lost(stub: Stub) -> None:
    stub.answers = [503]
    for n in range(12):
        say(person(f"+86139000000{n:02}"), urgent=True)
    assert run_due(DAY) == 5
    assert Pause.objects.get().until == DAY + PAUSE
    assert run_due(DAY + MINUTE) == 0
    stub.answers = [200]
    while run_due(DAY + PAUSE):
        pass
    assert (states(), len(stub.delivered)) == (["sent"] * 12, 12)


def test_person_without_a_number_or_switched_off_is_not_called(stub: Stub) -> None:
    say(person(phone=""), gone := person(), uuid4(), urgent=True)
    Person.objects.filter(id=gone).update(is_active=False)
    run_due(DAY)
    assert (stub.got, states()) == ([], ["no_number"] * 3)


def test_lists_are_ones_own_and_cost_a_fixed_number_of_statements() -> None:
    one, two = person(), person()
    for n in range(3):
        say(one, two, at=DAY + n * MINUTE, key=f"k{n}")
    with CaptureQueriesContext(connection) as asked:
        newest = list(queries.notices(actor(one), limit=2))
    assert ([notice.key for notice in newest], len(asked)) == (["k2", "k1"], 1)
    older = queries.notices(actor(one), before=newest[-1].created_at)
    assert [notice.key for notice in older] == ["k0"]
    assert mark_read(actor=actor(one), at=DAY + HOUR, ids=[newest[0].id]) == 1
    assert mark_read(actor=actor(two), at=DAY + HOUR, ids=[newest[1].id]) == 0
    assert [queries.unread(actor(each)) for each in (one, two)] == [2, 3]
    assert mark_read(actor=actor(one), at=DAY + HOUR, subject=CASE) == 2
    assert list(queries.notices(actor(one), only_unread=True)) == []


def test_old_notices_go_in_batches_and_each_leaves_an_event(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    for key in ("k0", "k1"):
        say(person(), key=key)
    assert sweep(DAY + KEPT) == 0
    assert sweep(DAY + KEPT + MINUTE) == 2
    assert NoticeSend.objects.count() == 0
    gone = Event.objects.filter(name="retention.forgotten").values_list("data", flat=True)
    assert [(each["rule"], each["count"]) for each in gone] == [("notify.notices", 1)] * 2
