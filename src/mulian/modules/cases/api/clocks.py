"""The verbs around a case's clocks, for programs (additions to the contract of DESIGN §4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import contacting, extending, pausing, supervising, urging
from mulian.modules.cases.api.bodies import StepIn, voice_of, why, words
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.asked import around

Act = Callable[[UUID, Actor, datetime, StepIn], Case]


def _wait(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return pausing.wait(case=id, actor=actor, at=at, reason=why(body), code=body.code or "", until=body.until)


def _contact(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    reached = True if body.reached is None else body.reached
    return contacting.contact(
        case=id, actor=actor, at=at, how=body.how or "", reached=reached, text=words(body)
    )


def _attempt(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return contacting.contact(case=id, actor=actor, at=at, how="work", reached=False, text=words(body))


def _interim(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return contacting.interim(case=id, actor=actor, at=at, text=words(body), voice=voice_of(body.voice))


def _extend(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return extending.ask(case=id, actor=actor, at=at, days=body.days or 0, reason=why(body))


def _decide_extension(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return extending.decide(case=id, actor=actor, at=at, granted=body.granted, reason=why(body))


def _decide_wait(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return pausing.decide(case=id, actor=actor, at=at, granted=body.granted, reason=why(body))


def _urge(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return urging.urge(case=id, actor=actor, at=at, text=words(body))


def _supervise(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return supervising.demand(case=id, actor=actor, at=at, text=why(body), days=body.days)


def _reply(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return supervising.reply(case=id, actor=actor, at=at, text=words(body))


def _accept(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return supervising.accept(case=id, actor=actor, at=at, text=words(body))


CLOCK_VERBS: dict[str, Act] = {
    "wait": _wait,
    "contact": _contact,
    "attempt": _attempt,
    "interim": _interim,
    "extend": _extend,
    "decide-extension": _decide_extension,
    "decide-wait": _decide_wait,
    "urge": _urge,
    "supervise": _supervise,
    "reply": _reply,
    "accept": _accept,
}


def around_clocks(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    """What stands beside a case's promises: the wait, requests for more time, supervision, urging, the open verbs."""
    found = around(case, actor, at, actor.language)
    wait, supervision = found.wait, found.supervision
    return {
        "wait": wait
        and {
            "reason": wait.reason,
            "since": _time(wait.since),
            "ends_by": _time(wait.ends_by),
            "asked_until": _time(wait.asked_until),
        },
        "extensions": [
            {"days": each.days, "state": each.state, "asked_at": _time(each.asked_at), "reason": each.reason}
            for each in found.extensions
        ],
        "supervision": supervision
        and {
            "stage": supervision.stage,
            "round": supervision.round,
            "due": _time(supervision.due),
            "demand": supervision.demand,
            "reply": supervision.reply or None,
        },
        "urged": found.urged,
        "tried": found.tried,
        "offers": list(found.offers),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
