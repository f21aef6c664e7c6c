"""A case as programs read it: exact keys, times RFC 3339, areas as codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mulian.core.files.queries import Attached
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.detail import Detail
from mulian.modules.cases.queries.parts import PartView
from mulian.modules.cases.queries.timeline import Entry


def item(case: Case) -> dict[str, Any]:
    return {
        "id": str(case.id),
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "outcome": case.outcome or None,
        "topic": case.topic or None,
        "text": case.text,
        "urgent": case.urgent,
        "area": case.area_id,
        "household": str(case.household) if case.household else None,
        "received_at": _time(case.received_at),
        "due": _time(case.next_due),
        "responsible": {
            "unit": case.responsible_unit.code if case.responsible_unit else None,
            "person": case.responsible_person.name if case.responsible_person else None,
        },
    }


def full(found: Detail) -> dict[str, Any]:
    answered = found.case.answered_at
    return item(found.case) | {
        "hazard": found.case.hazard or None,
        "answer": found.case.answer_text or None,
        "answered_at": _time(answered),
        "receivers": [
            {
                "unit": each.unit or None,
                "area": each.area,
                "person": each.person_name or None,
                "role": each.standing,
                "reason": each.reason_words,
                "reason_code": each.reason,
            }
            for each in found.receivers
        ],
        "promises": [
            {
                "kind": each.kind,
                "start": _time(each.start),
                "due": _time(each.due),
                "met": _time(each.met),
                "state": each.state,
                "paused": each.paused,
            }
            for each in found.promises
        ],
        "joined_to": found.case.same_as.number if found.case.same_as else None,
        "joined": found.case.joined,
        "parts": [_part(each) for each in found.parts],
        "timeline": [
            {"at": _time(each.at), "event": each.event, "actor": each.actor or None, "text": _line(each)}
            for each in found.timeline
        ],
        "media": [_media(each) for each in found.media],
    }


def _part(each: PartView) -> dict[str, Any]:
    return {
        "unit": each.unit,
        "state": each.state,
        "called_at": _time(each.called_at),
        "report_in_due": _time(each.report_in.due),
        "reported_in_at": _time(each.reported_in_at),
        "due": _time(each.clock.due),
        "answered_at": _time(each.answered_at),
        "answer": each.answer or None,
        "let_go_because": each.let_go_because or None,
    }


def _line(entry: Entry) -> str:
    return f"{entry.title}: {entry.text}" if entry.text else entry.title


def _media(each: Attached) -> dict[str, Any]:
    return {
        "sha256": each.sha256,
        "mime": each.mime or None,
        "url": f"/files/{each.sha256}",
        "role": each.role,
        "state": each.state,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
