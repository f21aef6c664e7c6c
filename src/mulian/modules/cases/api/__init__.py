"""`/api/v1/cases`: the contract other programs rely on. Keys and states are fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from ninja import Router

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.ids import is_uuid7, uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.actions import handing, merging, parts, reporting, steps, whistling
from mulian.modules.cases.actions.gathering import Spot, office
from mulian.modules.cases.api.bodies import (
    ReportIn,
    StepIn,
    photos_of,
    plan_of,
    spot_of,
    voice_of,
    why,
    words,
)
from mulian.modules.cases.api.clocks import CLOCK_VERBS, around_clocks
from mulian.modules.cases.api.rendering import full, item
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import detail as details
from mulian.modules.cases.queries import lists
from mulian.modules.cases.queries.lists import Filter

router = Router(tags=["cases"])
BAD_ID = register(
    "cases.bad_id", 422, "The id is not a UUID of version 7.", "Send none, or one of version 7."
)


@router.get("/cases")
def list_cases(
    request: HttpRequest, q: str = "", state: str = "", area: str = "", limit: int = 50, cursor: str = ""
) -> JsonResponse:
    """Cases in scope, newest first. `state` may name several, parted by commas."""
    actor, at = _who(request, Permission.VIEW)
    wanted = Filter(text=q, states=tuple(filter(None, state.split(","))), area=area.strip(), open_only=False)
    page = lists.newest(actor, at, wanted, limit=max(1, min(limit, lists.LIMIT)), cursor=cursor or None)
    return _json({"items": [item(case) for case in page.items], "next": page.next})


@router.post("/cases")
def create(request: HttpRequest, body: ReportIn) -> JsonResponse:
    """Takes a report in; 201, or 200 when this id was taken in before."""
    actor, at = _who(request, Permission.REPORT)
    if body.id is not None and not is_uuid7(body.id):
        raise Problem(BAD_ID)
    known = body.id is not None and details.visible_case(body.id, actor, at) is not None
    place = body.place
    case = reporting.report(
        id=body.id or uuid7(),
        actor=actor,
        at=at,
        text=body.text or "",
        voice=voice_of(body.voice),
        photos=photos_of(body.photos),
        place=Spot(lat=place.lat, lon=place.lon, accuracy=place.accuracy, datum=place.datum)
        if place
        else None,
        area=body.area,
        household=body.household,
        urgent=bool(body.urgent),
        hazard=body.hazard or "",
        on_behalf_of=body.on_behalf_of or "",
        about_person=body.about_person,
        about_unit=office(body.about_unit) if body.about_unit else None,
        door="api",
    )
    return _answer(case.id, actor, at, status=200 if known else 201)


@router.get("/cases/{id}")
def show(request: HttpRequest, id: UUID) -> JsonResponse:
    """One case in full."""
    actor, at = _who(request, Permission.VIEW)
    return _answer(id, actor, at)


def _take(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.take(case=id, actor=actor, at=at)


def _start(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.start(case=id, actor=actor, at=at, text=words(body))


def _solve(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.solve(
        case=id,
        actor=actor,
        at=at,
        text=words(body),
        voice=voice_of(body.voice),
        photos=photos_of(body.photos),
        reason=body.reason or "",
        plan=plan_of(body.plan),
        place=spot_of(body.place),
    )


def _reply(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.answer(case=id, actor=actor, at=at, text=words(body), voice=voice_of(body.voice))


def _return(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return handing.give_back(case=id, actor=actor, at=at, reason=why(body))


def _pass_up(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return handing.pass_up(case=id, actor=actor, at=at, reason=why(body))


def _transfer(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return handing.transfer(case=id, actor=actor, at=at, to=body.to or "", reason=why(body))


def _reopen(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.reopen(case=id, actor=actor, at=at, reason=why(body))


def _close(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return steps.close(case=id, actor=actor, at=at, text=why(body))


def _dispute(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return handing.dispute(case=id, actor=actor, at=at, reason=why(body))


def _assign(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    units = [each for each in (body.to, *body.units) if each]
    return handing.assign(case=id, units=units, actor=actor, at=at, reason=why(body))


def _whistle(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return whistling.whistle(case=id, actor=actor, at=at, units=body.units, asked=why(body), today=body.today)


def _report_in(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return parts.report_in(case=id, actor=actor, at=at, unit=body.unit or "")


def _answer_part(id: UUID, actor: Actor, at: datetime, body: StepIn) -> Case:
    return parts.answer_part(
        case=id,
        actor=actor,
        at=at,
        text=words(body),
        voice=voice_of(body.voice),
        photos=photos_of(body.photos),
        unit=body.unit or "",
    )


VERBS: dict[str, Callable[[UUID, Actor, datetime, StepIn], Case]] = {
    **CLOCK_VERBS,
    "take": _take,
    "start": _start,
    "solve": _solve,
    "answer": _reply,
    "return": _return,
    "pass-up": _pass_up,
    "transfer": _transfer,
    "reopen": _reopen,
    "close": _close,
    "dispute": _dispute,
    "assign": _assign,
    "whistle": _whistle,
    "report-in": _report_in,
    "answer-part": _answer_part,
}


@router.post("/cases/{id}/merge")
def merge(request: HttpRequest, id: UUID, body: StepIn | None = None) -> JsonResponse:
    """It is about what `into` is about and goes on there; answers that one."""
    actor, at = _who(request, Permission.SORT)
    into = (body.into if body else None) or id
    return _answer(merging.merge(case=id, into=into, actor=actor, at=at).id, actor, at)


@router.post("/cases/{id}/unmerge")
def unmerge(request: HttpRequest, id: UUID) -> JsonResponse:
    """They are two things after all: everything is as before they were joined."""
    actor, at = _who(request, Permission.SORT)
    return _answer(merging.unmerge(case=id, actor=actor, at=at).id, actor, at)


@router.post("/cases/{id}/{verb}")
def move(request: HttpRequest, id: UUID, verb: str, body: StepIn | None = None) -> JsonResponse:
    """A step: take, start, wait, solve, answer, return, pass-up, transfer, reopen, close; whistle, report-in,
    answer-part; dispute, assign.
    """
    actor, at = _who(request, Permission.VIEW)
    if verb not in VERBS:
        raise Problem("not_found")
    VERBS[verb](id, actor, at, body or StepIn())
    return _answer(id, actor, at)


def _who(request: HttpRequest, permission: str) -> tuple[Actor, datetime]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Problem("login_needed")
    scope.require_any(actor, permission)
    moment: datetime = getattr(request, "at")  # noqa: B009
    return actor, moment


def _answer(id: UUID, actor: Actor, at: datetime, status: int = 200) -> JsonResponse:
    found = details.detail(id, actor, at)
    if found is None:
        raise Problem("not_found")
    return _json(full(found) | around_clocks(found.case, actor, at), status)


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
