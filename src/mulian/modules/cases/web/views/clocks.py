"""What the forms around a case's clocks do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import contacting, extending, pausing, supervising

Act = Callable[[UUID, Any, Actor, datetime], object]


def _wait(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    given = form.cleaned_data
    return pausing.wait(
        case=case, actor=actor, at=at, reason=given["reason"], code=given["code"], until=form.until()
    )


def _contact(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return contacting.contact(case=case, actor=actor, at=at, **form.cleaned_data)


def _attempt(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return contacting.contact(
        case=case, actor=actor, at=at, how="work", reached=False, text=form.cleaned_data["text"]
    )


def _interim(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return contacting.interim(
        case=case, actor=actor, at=at, text=form.cleaned_data["text"], voice=form.spoken
    )


def _extend(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return extending.ask(case=case, actor=actor, at=at, **form.cleaned_data)


def _decide_extension(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return extending.decide(case=case, actor=actor, at=at, **form.cleaned_data)


def _decide_wait(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return pausing.decide(case=case, actor=actor, at=at, **form.cleaned_data)


def _supervise(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return supervising.demand(case=case, actor=actor, at=at, **form.cleaned_data)


def _reply(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return supervising.reply(case=case, actor=actor, at=at, text=form.cleaned_data["text"])


def _accept(case: UUID, form: Any, actor: Actor, at: datetime) -> object:
    return supervising.accept(case=case, actor=actor, at=at, text=form.cleaned_data["text"])


CLOCK_ACTS: Mapping[str, Act] = {
    "wait": _wait,
    "contact": _contact,
    "attempt": _attempt,
    "interim": _interim,
    "extend": _extend,
    "decide-extension": _decide_extension,
    "decide-wait": _decide_wait,
    "supervise": _supervise,
    "reply": _reply,
    "accept": _accept,
}
