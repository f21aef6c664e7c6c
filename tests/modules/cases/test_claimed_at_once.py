"""Two people press the same button in the same moment: one has it, the other is told so."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from mulian.core.access.models import Person
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import listening, translating
from mulian.modules.cases.actions.asking_translation import ask_for
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import ListeningItem, Translation
from tests.modules.cases.conftest import Line, later
from tests.world import build

VOICE = Voice(sha256="ab" * 32, seconds=17.5, mime="audio/webm")
BOTH = ("county_duty", "county_duty2")


def at_once(act: Callable[[Actor], object], actors: list[Actor]) -> list[str]:
    """What each was told: `ok`, or the code of a refusal."""
    start, told = Barrier(len(actors)), list[str]()

    def press(actor: Actor) -> None:
        try:
            start.wait(timeout=30)
            act(actor)
            told.append("ok")
        except Problem as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_voice_and_a_text_are_claimed_by_one(whole_log: None) -> None:
    with transaction.atomic():
        line = Line(build())
        Person.objects.filter(username="liaison").update(language="bo")
        voice = ListeningItem.objects.get(case=line.report(household="near", voice=VOICE))
        typed = line.report(household="near", text="桥断了")
        text = ask_for(
            case=typed.id, piece="report", actor=line.world.actor("county_duty"), at=later(minutes=1)
        )
        actors = [line.world.actor(name) for name in BOTH]
    told = at_once(lambda who: listening.claim(item=voice.id, actor=who, at=later(minutes=2)), actors)
    assert told == ["cases.claimed", "ok"]
    told = at_once(lambda who: translating.claim(translation=text.id, actor=who, at=later(minutes=2)), actors)
    assert told == ["cases.text_claimed", "ok"]
    assert ListeningItem.objects.get(id=voice.id).claimed_by_id in {who.person for who in actors}
    assert Translation.objects.get(id=text.id).claimed_by_id in {who.person for who in actors}
