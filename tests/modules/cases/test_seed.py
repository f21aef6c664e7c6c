"""The demo's cases are lived through the ordinary actions and leave nothing impossible behind."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q

from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.murmurs import murmur
from mulian.core.files.queries import open_for
from mulian.core.packs import load
from mulian.modules.cases.domain.outcomes import REGISTERED
from mulian.modules.cases.models import Case, ListeningItem, Outcome, Promise, Receiver, Translation
from mulian.modules.cases.queries import desk
from mulian.modules.cases.seed import seed
from mulian.modules.cases.seed.stories import SPOKEN, STORIES
from tests.world import AT, World
from tests.world.copies import once

ALL = len(STORIES) + len(SPOKEN)


def lived() -> int:
    """The demo's cases, lived once and copied for each further test that looks at them."""
    made: int = once("gande's cases", lambda: seed(pack=load("gande"), scale="township", at=AT))
    return made


def test_a_few_dozen_cases_in_every_state(world: World) -> None:
    assert lived() == ALL
    rows = Case.unscoped.because("test")
    assert rows.count() == ALL
    states = set(rows.values_list("state", flat=True))
    assert states >= {"reported", "taken", "in_work", "waiting", "solved", "answered", "closed"}
    assert not rows.filter(received_at__gt=AT).exists()
    assert not Promise.objects.filter(case__state="closed", state__in=["running", "paused"]).exists()
    one = Q(until__isnull=True, standing="responsible")
    owners = Receiver.objects.filter(one).values("case").annotate(n=Count("id")).values_list("n", flat=True)
    assert list(owners) == [1] * ALL


def test_every_register_of_what_is_not_simply_solved_has_a_line(world: World) -> None:
    lived()
    assert set(Outcome.objects.values_list("kind", flat=True)) == {each.value for each in REGISTERED}


def test_the_same_world_gives_the_same_cases(world: World) -> None:
    def once_more() -> set[tuple[object, ...]]:
        with transaction.atomic():
            seed(pack=load("gande"), scale="township", at=AT)
            found = Case.unscoped.because("test").values_list("id", "text", "reporter_id", "state")
            rows = set(found)
            transaction.set_rollback(True)
        return rows

    assert once_more() == once_more()


def test_the_listening_desk_has_a_queue_that_plays(world: World) -> None:
    lived()
    listener = world.actor("county_duty2")
    queue = desk.queue(listener, AT)
    assert [(waiting.item.urgent, waiting.item.language) for waiting in queue] == [
        (True, "bo"),
        (False, "bo"),
        (False, "zh-hans"),
    ]
    for waiting in queue:
        (voice,) = waiting.voices
        assert 4 <= (voice.seconds or 0) <= 9
        assert open_for(listener, voice.sha256, AT).mime == "audio/webm"


def test_one_voice_was_written_down_and_answered_by_voice(world: World) -> None:
    lived()
    done = ListeningItem.objects.get(state=ListeningItem.State.DONE)
    case = Case.unscoped.because("test").get(id=done.case_id)
    assert (case.state, case.text) == ("answered", SPOKEN[0].text)
    assert Translation.objects.get(source=done.id).text == SPOKEN[0].translation
    phone = world.actor("liaison")
    assert case.reporter_id == phone.person
    assert open_for(phone, case.answer_voice, AT).mime == "audio/webm"


def test_sounds_come_through_the_same_checks_and_are_the_same_each_time(world: World) -> None:
    lived()
    assert set(Blob.objects.values_list("state", flat=True)) == {"ready"}
    assert Blob.objects.count() == BlobUse.objects.count() == len(SPOKEN) + 1
    assert not BlobUse.objects.exclude(by=None).exists()
    assert murmur("a", seconds=4) == murmur("a", seconds=4) != murmur("b", seconds=4)
    assert 1500 < len(murmur("a", seconds=4)) / 4 < 2600
