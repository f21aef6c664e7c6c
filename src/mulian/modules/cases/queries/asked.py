"""What is asked and demanded around a case's clocks, and what this person may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from mulian.core.access import scope
from mulian.core.packs import said
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.extending import EXTENDABLE, Asked, check_asked, check_open
from mulian.modules.cases.domain.states import OPEN as OPEN_STATES
from mulian.modules.cases.domain.states import UNSOLVED, State
from mulian.modules.cases.domain.supervising import OPEN, Stage
from mulian.modules.cases.models import Attempt, Case, Extension, Pause, Promise, Supervision, Urging
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.next_action import above_posting, acting_posting
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.words import ASKED, STAGES


@dataclass(frozen=True, kw_only=True)
class Wait:
    """The wait that holds now. `asked_until`: a longer one is asked for and not decided."""

    reason: str
    since: datetime
    ends_by: datetime | None
    asked_until: datetime | None
    by: str


@dataclass(frozen=True, kw_only=True)
class MoreTime:
    """A request for more time and what became of it."""

    days: int
    reason: str
    state: str
    words: str
    asked_by: str
    asked_at: datetime
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class Supervised:
    """The supervision that is open, or the last one."""

    leader: str
    stage: str
    words: str
    round: int
    demand: str
    reply: str
    due: datetime
    open: bool


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a case page shows beside the clocks. `offers`: the verbs this person has here, in order."""

    wait: Wait | None
    extensions: list[MoreTime]
    supervision: Supervised | None
    urged: int
    urged_at: datetime | None
    tried: int
    offers: tuple[str, ...]
    wanted: tuple[str, ...]


def around(case: Case, actor: Actor, at: datetime, language: str) -> Around:
    """For the page of one case; the caller has checked that the actor sees it. Seven statements."""
    pause = Pause.objects.filter(case=case, ends__isnull=True).select_related("by").first()
    rows = Extension.objects.filter(promise__case=case).select_related("asked_by", "decided_by", "promise")
    extensions = list(rows.order_by("asked_at"))
    supervision = Supervision.objects.filter(case=case).select_related("leader").order_by("-id").first()
    urgings = list(Urging.objects.filter(case=case).order_by("-at").values_list("at", flat=True))
    offers = _offers(case, actor, at, pause, extensions, supervision)
    return Around(
        wait=_wait(pause, language) if pause else None,
        extensions=[_more_time(each, at) for each in extensions],
        supervision=_supervised(supervision) if supervision else None,
        urged=len(urgings),
        urged_at=urgings[0] if urgings else None,
        tried=Attempt.objects.filter(case=case, level=case.responsible_level, reached=False).count(),
        offers=offers,
        wanted=tuple(verb for verb in offers if verb in _WANTED),
    )


_WANTED = ("decide-extension", "decide-wait", "reply", "accept")
"""What somebody waits for: shown first."""


def _offers(
    case: Case, actor: Actor, at: datetime, pause: Pause | None, extensions: list[Extension],
    supervision: Supervision | None,
) -> tuple[str, ...]:  # fmt: skip
    works = scope.permitted(actor, Permission.WORK)
    hand = works and acting_posting(actor, case) is not None
    above = above_posting(actor, case) is not None
    may, state = works and (hand or above), State(case.state)
    stage = Stage(supervision.stage) if supervision and supervision.stage in OPEN else None
    asked = next((each for each in extensions if each.state == Asked.ASKED), None)
    waits = pause is not None and pause.asked_until is not None and pause.decided_at is None
    possible = {
        "decide-extension": works and above and asked is not None and asked.asked_by_id != actor.person,
        "decide-wait": works and above and waits and pause is not None and pause.by_id != actor.person,
        "reply": hand and stage is Stage.DEMANDED,
        "accept": above and scope.permitted(actor, Permission.SUPERVISE) and stage is Stage.REPLIED,
        "contact": may and state in OPEN_STATES,
        "interim": may and state in UNSOLVED,
        "extend": hand and _extendable(case, extensions, at),
        "attempt": may and state in UNSOLVED,
        "supervise": above
        and scope.permitted(actor, Permission.SUPERVISE)
        and state in OPEN_STATES
        and stage is not Stage.DEMANDED,
    }
    return tuple(verb for verb, fits in possible.items() if fits)


def _extendable(case: Case, extensions: list[Extension], at: datetime) -> bool:
    kinds = [kind.value for kind in EXTENDABLE]
    row = Promise.objects.filter(case=case, kind__in=kinds).first()
    try:
        check_open(holding.promise_of(row) if row else None, at)
        check_asked(
            rules().limits.extensions,
            days=1,
            granted=sum(each.state == Asked.GRANTED for each in extensions),
            pending=any(each.state == Asked.ASKED for each in extensions),
        )
    except Problem:
        return False
    return row is not None and row.state != Promise.State.CANCELLED


def _wait(row: Pause, language: str) -> Wait:
    known = rules().limits.pauses.reason(row.code)
    name = said(known.name, language) if known else ""
    return Wait(
        reason=": ".join(each for each in (name, row.reason) if each),
        since=row.starts,
        ends_by=row.ends_by,
        asked_until=row.asked_until if row.decided_at is None else None,
        by=row.by.name if row.by else "",
    )


def _more_time(row: Extension, at: datetime) -> MoreTime:
    lapsed = row.state == Asked.ASKED and row.promise.paused_at is None and at >= row.promise.due
    state = Asked.LAPSED.value if lapsed else row.state
    return MoreTime(
        days=row.days,
        reason=row.reason,
        state=state,
        words=gettext(ASKED[state]),
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        decided_by=row.decided_by.name if row.decided_by else "",
    )


def _supervised(row: Supervision) -> Supervised:
    return Supervised(
        leader=row.leader.name,
        stage=row.stage,
        words=gettext(STAGES[row.stage]),
        round=row.round,
        demand=row.demand,
        reply=row.reply,
        due=row.due,
        open=row.stage in OPEN,
    )
