"""What phones sent that is not a case: reports not yet applied, refused ones (quarantine), and silent phones.

Commands stand in a table of their own (on SQLite in a file of their own), so people are joined here by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access.models import Device, Person
from mulian.core.access.web import reading
from mulian.core.areas.models import Unit
from mulian.core.sync.accepting import open_envelope
from mulian.core.sync.models import Command, Heartbeat
from mulian.kernel.actor import Actor
from mulian.kernel.problems import PROBLEMS, Problem
from mulian.modules.cases.permissions import Permission

SHOWN = 100
SILENT = timedelta(hours=24)
"""A phone that was not heard for longer is listed, longest first."""
RAW_LIMIT = 4000
"""Characters of a refused report's bytes that the page shows."""
REPORT = "cases.report"
KINDS: dict[str, str] = {
    REPORT: _("Report"),
    "cases.add": _("Addition to a case"),
    "cases.feedback": _("The family's word"),
    "tasks.answer": _("Answer to a task"),
    "visits.record": _("Visit"),
    "households.move": _("Move of a household"),
    "households.update": _("Change of a household"),
    "forms.submit": _("Filled-in form"),
    "emergency.checkin": _("Sign of life"),
}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A command as the duty officer sees it. `raw` is empty for who may not read reports."""

    id: UUID
    kind: str
    person: str
    received_at: datetime
    urgent: bool
    parked: bool
    title: str
    next_step: str
    code: str
    raw: str
    seen_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """A phone that was not heard for long."""

    person: str
    phone: str
    at: datetime
    unsent: int


def unprocessed(actor: Actor, at: datetime) -> list[Sent]:
    """Received and safe, not applied yet: urgent first, then the oldest."""
    states = (Command.State.RECEIVED, Command.State.PARKED)
    rows = Command.objects.filter(state__in=states).order_by("-urgent", "received_at")
    return _sent(rows[:SHOWN], actor, at, raw=False)


def refused(actor: Actor, at: datetime, *, raw: bool, seen: bool = False) -> list[Sent]:
    """The quarantine: newest first; those an officer has looked at only when asked for."""
    rows = Command.objects.filter(state=Command.State.REFUSED).order_by("-received_at")
    return _sent((rows if seen else rows.filter(seen_at__isnull=True))[:SHOWN], actor, at, raw=raw)


def one_refused(id: UUID, actor: Actor, at: datetime) -> Command | None:
    """A refused command of somebody in the actor's reach."""
    row = Command.objects.filter(id=id, state=Command.State.REFUSED).first()
    return row if row is not None and _reached([row], actor, at) else None


def silent(actor: Actor, at: datetime) -> list[Quiet]:
    """Phones in use that were not heard for a day, longest first."""
    beats = Heartbeat.objects.filter(at__lt=at - SILENT).order_by("at")[:SHOWN]
    found = {beat.device: beat for beat in beats}
    used = Device.objects.filter(id__in=found, revoked_at__isnull=True).values_list("id", "person_id")
    people = _people([person for _, person in used], actor, at)
    lines = [(found[device], people[person]) for device, person in used if person in people]
    return [
        Quiet(person=person.name, phone=person.phone, at=beat.at, unsent=beat.unsent)
        for beat, person in sorted(lines, key=lambda line: line[0].at)
    ]


def _sent(rows: Iterable[Command], actor: Actor, at: datetime, *, raw: bool) -> list[Sent]:
    return [_line(row, person, raw=raw) for row, person in _reached(list(rows), actor, at)]


def _reached(rows: list[Command], actor: Actor, at: datetime) -> list[tuple[Command, Person | None]]:
    """Commands of people in reach, and of phones nobody knows (who watches the county must see those).

    A refused report that complains about the actor or their office does not exist for them either.
    """
    people = _people([row.person for row in rows if row.person], actor, at)
    mine = {str(actor.person), *map(str, actor.units), *_codes(actor)}
    rows = [row for row in rows if row.kind != REPORT or not mine & complained_about(bytes(row.raw))]
    return [(row, people.get(row.person)) for row in rows if row.person is None or row.person in people]


def _codes(actor: Actor) -> list[str]:
    return list(Unit.objects.filter(id__in=actor.units).values_list("code", flat=True))


def complained_about(raw: bytes) -> set[str]:
    """Whom a report as sent says it is about: ids and codes, as far as the bytes can be read."""
    try:
        body = json.loads(bytes(open_envelope(raw).body))
    except (Problem, ValueError, RecursionError):
        return set()
    named = [body.get(key) for key in ("about_person", "about_unit")] if isinstance(body, dict) else []
    return {_plain(each) for each in named if isinstance(each, str)}


def _plain(name: str) -> str:
    """An id in its one written form; a code as it is."""
    try:
        return str(UUID(name))
    except ValueError:
        return name


def _people(ids: Iterable[UUID | None], actor: Actor, at: datetime) -> dict[UUID | None, Person]:
    rows = reading.people(actor, Permission.DUTY, at).filter(id__in=[each for each in ids if each])
    return {row.id: row for row in rows}


def _line(row: Command, person: Person | None, *, raw: bool) -> Sent:
    meaning = PROBLEMS.get(row.code)
    return Sent(
        id=row.id,
        kind=gettext(KINDS.get(row.kind, _("Something this server does not know"))),
        person=person.name if person else "",
        received_at=row.received_at,
        urgent=row.urgent,
        parked=row.state == Command.State.PARKED,
        title=gettext(meaning.title) if meaning and "%(" not in meaning.title else "",
        next_step=gettext(meaning.next_step) if meaning else "",
        code=row.code,
        raw=readable(bytes(row.raw)) if raw else "",
        seen_at=row.seen_at,
    )


def readable(raw: bytes) -> str:
    """The bytes as text: indented when they are JSON, else as far as they can be read."""
    try:
        text = json.dumps(json.loads(raw), ensure_ascii=False, indent=1)
    except ValueError:
        text = raw.decode("utf-8", errors="replace")
    return text[:RAW_LIMIT]
