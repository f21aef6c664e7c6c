"""`/api/v1/tasks`: tasks in scope with how they stand, and issuing one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from ninja import Router, Schema

from mulian.core.access import scope
from mulian.core.ui.pages import page
from mulian.kernel.actor import Actor, Role
from mulian.kernel.ids import is_uuid7, uuid7
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.models import Assignment
from mulian.modules.tasks.permissions import Permission
from mulian.modules.tasks.queries import lists
from mulian.modules.tasks.queries.lists import Line

router = Router(tags=["tasks"])
LIMIT = 200


class VoiceIn(Schema):
    """A recording whose bytes are sent to /files."""

    sha256: str
    seconds: float | None = None


class TaskIn(Schema):
    """A new task; `title`, `area` and `due` are needed.

    `other_title`, `other_text`: the same in the other language; empty, interpreters write them.
    `aim`: area (everybody of `role` there), people or households (named by their ids).
    """

    id: UUID | None = None
    title: str = ""
    text: str | None = None
    voice: VoiceIn | None = None
    area: str = ""
    aim: Aim = Aim.AREA
    role: Role = Role.LIAISON
    people: list[UUID] = []
    households: list[UUID] = []
    due: datetime | None = None
    asks: Asks = Asks.DONE
    urgent: bool = False
    other_title: str = ""
    other_text: str = ""


@router.get("/tasks")
def list_tasks(request: HttpRequest, state: str = "running", limit: int = 50) -> JsonResponse:
    """Tasks in scope. `state`: running, late, done, withdrawn or all; `?page=` for more."""
    actor, at = _who(request, Permission.VIEW)
    found = page(request, lists.tasks(actor, at, shown=state), max(1, min(limit, LIMIT)))
    items = [_item(line) for line in lists.lines(list(found.object_list), actor, at)]
    return _json({"items": items, "next": found.next_page_number() if found.has_next() else None})


@router.post("/tasks")
def create(request: HttpRequest, body: TaskIn) -> JsonResponse:
    """Issues a task; the same id again answers the task it made."""
    actor, at = _who(request, Permission.ISSUE)
    if (
        not body.area
        or body.due is None
        or body.due.tzinfo is None
        or (body.id is not None and not is_uuid7(body.id))
    ):
        raise Problem("invalid")
    task = issue(
        id=body.id or uuid7(),
        title=body.title,
        text=body.text or "",
        voice=Voice(sha256=body.voice.sha256, seconds=body.voice.seconds) if body.voice else None,
        area=body.area,
        aim=body.aim,
        role=body.role,
        people=body.people,
        households=body.households,
        due=body.due,
        asks=body.asks,
        urgent=body.urgent,
        other_title=body.other_title,
        other_text=body.other_text,
        actor=actor,
        at=at,
    )
    return _answer(task.id, actor, at, 201)


@router.get("/tasks/{id}")
def show(request: HttpRequest, id: UUID) -> JsonResponse:
    """One task with everybody's part within one's areas."""
    actor, at = _who(request, Permission.VIEW)
    return _answer(id, actor, at, 200)


def _answer(id: UUID, actor: Actor, at: datetime, status: int) -> JsonResponse:
    task = lists.task(id, actor, at)
    if task is None:
        raise Problem("not_found")
    line = lists.lines([task], actor, at)[0]
    return _json(_item(line) | {"parts": [_part(part, at) for part in lists.parts(id, actor)]}, status)


def _item(line: Line) -> dict[str, Any]:
    task, stands = line.task, line.standing
    return {
        "id": str(task.id),
        "title": task.title,
        "text": task.text,
        "other_language": task.other_language or None,
        "other_title": task.other_title or None,
        "other_text": task.other_text or None,
        "area": task.area_id,
        "aim": task.aim,
        "role": task.role,
        "asks": task.asks,
        "urgent": task.urgent,
        "from": task.issuer_unit.code if task.issuer_unit else None,
        "issued_at": task.issued_at.isoformat(),
        "due": task.due_at.isoformat(),
        "withdrawn_at": task.withdrawn_at.isoformat() if task.withdrawn_at else None,
        "standing": {
            "asked": stands.asked,
            "answered": stands.answered,
            "not_done": stands.not_done,
            "open": stands.open,
            "late": stands.late,
            "vacant": stands.vacant,
            "yes": stands.yes,
            "no": stands.no,
            "sum": stands.total if stands.numbers else None,
        },
    }


def _part(part: Assignment, at: datetime) -> dict[str, Any]:
    return {
        "area": part.area_id,
        "person": part.person.name,
        "household": str(part.household) if part.household else None,
        "state": "late" if part.state == "open" and part.due_at <= at else part.state,
        "due": part.due_at.isoformat(),
        "answered_at": part.answered_at.isoformat() if part.answered_at else None,
        "done": part.done,
        "yes": part.yes,
        "number": part.number,
        "text": part.text or None,
    }


def _who(request: HttpRequest, permission: str) -> tuple[Actor, datetime]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Problem("login_needed")
    scope.require_any(actor, permission)
    moment: datetime = getattr(request, "at")  # noqa: B009
    return actor, moment


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
