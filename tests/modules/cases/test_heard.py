"""Load and waits of the desk: what waits, who holds it, how long it took, read from the log within one's scope."""

from __future__ import annotations

from typing import Any

from mulian.kernel.clock import CN
from mulian.modules.cases.actions import listening
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.heard import Rank, Spread
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.queries.heard import claims, load, times, whole
from tests.modules.cases.conftest import Line, later

VOICE = Voice(sha256="ab" * 32, seconds=17.5, mime="audio/webm")


def voice(line: Line, minutes: float, **said: Any) -> Case:
    return line.report(household="near", voice=VOICE, at=later(minutes=minutes), **said)


def hear(line: Line, case: Case, minutes: float, text: str = "桥断了") -> None:
    item = ListeningItem.objects.get(case=case)
    listening.transcribe(
        item=item.id, transcript=text, actor=line.world.actor("county_duty"), at=later(minutes=minutes)
    )


def test_load_by_language_and_who_holds_what(line: Line) -> None:
    first, _ = voice(line, 0), voice(line, 1, urgent=True)
    line.report(by="liaison_town", at=later(minutes=2), voice=VOICE)
    actor = line.world.actor("county_duty")
    found = [
        (each.language, each.waiting, each.urgent, each.oldest) for each in load(actor, later(minutes=3))
    ]
    assert found == [("bo", 2, 1, later(minutes=0)), ("zh-hans", 1, 0, later(minutes=2))]
    item = ListeningItem.objects.get(case=first)
    listening.claim(item=item.id, actor=actor, at=later(minutes=3))
    (held,) = claims(actor, later(minutes=4))
    assert (held.name, held.number, held.since, held.until) == (
        actor.name,
        first.number,
        later(minutes=3),
        later(minutes=13),
    )
    assert load(line.world.actor("outsider"), later(minutes=3)) == []


def test_waits_by_day_and_language_urgent_apart_a_claim_ends_none(line: Line) -> None:
    actor = line.world.actor("county_duty")
    for minutes, took in ((0, 4), (1, 10)):
        hear(line, voice(line, minutes), minutes + took)
    open_ = voice(line, 2)
    listening.claim(item=ListeningItem.objects.get(case=open_).id, actor=actor, at=later(minutes=3))
    hear(line, voice(line, 5, urgent=True), 6)
    (row,) = times(actor, later(minutes=30), urgent=False)
    assert (row.day, row.language) == (later(minutes=0).astimezone(CN).date(), "bo")
    assert row.spread == Spread(3, 1, Rank(10.0, False), Rank(28.0, True))
    assert whole(actor, later(minutes=30), urgent=True) == Spread(1, 0, Rank(1.0, False), Rank(1.0, False))
    leader = line.world.actor("leader")
    assert whole(leader, later(minutes=30), urgent=False).voices == 3
    assert times(line.world.actor("outsider"), later(minutes=30), urgent=False) == []
    assert whole(actor, later(days=15), urgent=False).voices == 0
