"""What changed for a phone since its cursor. A pull costs what changed in its scope, never what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q

from mulian.core.access.models import Exclusion, Placement
from mulian.core.database.vendor import prefix_range
from mulian.core.events import feeds
from mulian.core.events.models import FeedKey
from mulian.core.events.queries import news, tip
from mulian.core.registry import Syncable, resolve, syncables
from mulian.core.sync.cursor import Cursor
from mulian.core.sync.deciding import late_results
from mulian.core.sync.wire import Change, Receipt
from mulian.kernel.actor import Actor
from mulian.kernel.problems import PROBLEMS

RECEIPT = "receipt"
Steps = dict[tuple[str, UUID], list[FeedKey]]


@dataclass(frozen=True)
class Page:
    """Some changes, the cursor after them, and whether more wait."""

    changes: list[Change]
    cursor: Cursor
    more: bool


def pull(actor: Actor, cursor: Cursor | None, *, at: datetime, limit: int, upto: int | None = None) -> Page:
    """The next page for this phone, of what was stamped up to `upto` (the tip where it is not given).

    `limit` 0 asks for nothing: a phone in the middle of many pushes.
    """
    upto = tip() if upto is None else upto
    if cursor is None or (cursor.cold is not None and cursor.areas != actor.areas):
        cursor = Cursor(upto, actor.areas, 0)
    if limit == 0:
        return Page([], cursor, cursor.cold is not None or cursor.pos < upto)
    if cursor.cold is not None:
        return _cold(actor, cursor, at, limit)
    return _warm(actor, cursor, upto, at, limit)


def _cold(actor: Actor, cursor: Cursor, at: datetime, limit: int) -> Page:
    """Rows, not events: everything in scope, kind by kind, in a stable order."""
    assert cursor.cold is not None
    wanted = [(s, id) for s in syncables() for id in _in_scope(s, actor, at)]
    part = wanted[cursor.cold : cursor.cold + limit]
    changes = [c for c in _rendered(part, actor, at) if c.op != "drop"]
    done = cursor.cold + len(part)
    more = done < len(wanted)
    return Page(changes, Cursor(cursor.pos, cursor.areas, done if more else None), more)


def _in_scope(syncable: Syncable, actor: Actor, at: datetime) -> list[UUID]:
    found: list[UUID] = sorted(resolve(syncable.visible)(actor, at))
    return found


def _warm(actor: Actor, cursor: Cursor, upto: int, at: datetime, limit: int) -> Page:
    """The feed since the cursor; when the phone's areas changed, also all that entered or left with them."""
    if cursor.areas == actor.areas and upto == cursor.pos:
        return Page([], cursor, False)
    keys = _keys(actor, set(cursor.areas) | set(actor.areas))
    entries = news(keys, cursor.pos, upto, limit + 1)
    more = len(entries) > limit
    entries = entries[:limit]
    if more:
        upto = entries[-1].pos
    steps = _by_subject(entries)
    shifted = set(cursor.areas) ^ set(actor.areas)
    if shifted and not more:
        placed = _placed_in(shifted, actor, at)
        steps.update({subject: [] for subject in placed + _beside(placed)})
    changes = _receipts(steps, actor) + _subject_changes(steps, actor, at)
    areas = cursor.areas if more else actor.areas
    return Page(changes, Cursor(upto, areas), more)


def _keys(actor: Actor, areas: set[str]) -> list[str]:
    keys = [feeds.of_person(actor.person), *(feeds.of_area(code) for code in areas)]
    return [*keys, feeds.of_device(actor.device)] if actor.device else keys


def _by_subject(entries: Sequence[FeedKey]) -> Steps:
    """subject → what happened to it since the cursor, oldest first."""
    found: Steps = {}
    for entry in entries:
        found.setdefault((entry.subject_kind, entry.subject_id), []).append(entry)
    return found


def _placed_in(areas: set[str], actor: Actor, at: datetime) -> list[tuple[str, UUID]]:
    """Everything placed in areas the phone gained or lost: rendered if visible now, dropped if not.

    What is hidden from the person for good was never on the phone; a drop would tell that it exists.
    """
    inside = reduce(or_, (Q(area__gte=low, area__lt=high) for low, high in map(prefix_range, areas)))
    hidden = Exclusion.objects.filter(person=actor.person).values("subject_id")
    rows = Placement.objects.filter(inside).exclude(subject_id__in=hidden)
    return list(rows.values_list("subject_kind", "subject_id").distinct())


def _beside(placed: list[tuple[str, UUID]]) -> list[tuple[str, UUID]]:
    """What has no placement but enters or leaves a phone with things that have."""
    found = [(s.subject or s.kind, resolve(s.beside)(placed)) for s in syncables() if s.beside]
    return [(kind, id) for kind, ids in found for id in ids]


def _subject_changes(steps: Steps, actor: Actor, at: datetime) -> list[Change]:
    known = {s.subject or s.kind: s for s in syncables()}
    wanted = [(kind, id) for kind, id in steps if kind in known]
    changes = _rendered([(known[kind], id) for kind, id in wanted], actor, at)
    return [_as_patch(change, steps[subject]) for change, subject in zip(changes, wanted, strict=True)]


def _rendered(wanted: Sequence[tuple[Syncable, UUID]], actor: Actor, at: datetime) -> list[Change]:
    """`put` for what the phone may hold, `drop` for the rest, in the order asked for."""
    by_kind: defaultdict[str, list[UUID]] = defaultdict(list)
    for syncable, id in wanted:
        by_kind[syncable.kind].append(id)
    rows: dict[str, dict[UUID, tuple[int, dict[str, Any]]]] = {
        s.kind: resolve(s.render)(by_kind[s.kind], actor, at) for s in syncables() if s.kind in by_kind
    }
    return [_change(s.kind, id, rows[s.kind].get(id)) for s, id in wanted]


def _change(kind: str, id: UUID, row: tuple[int, dict[str, Any]] | None) -> Change:
    if row is None:
        return Change("drop", kind, str(id))
    return Change("put", kind, str(id), rev=row[0], data=row[1])


def _as_patch(change: Change, steps: Sequence[FeedKey]) -> Change:
    """A `put` becomes a `patch` when every step since the cursor named the fields it changed."""
    revs = [step.rev for step in steps if step.rev is not None]
    plain = len(revs) == len(steps) > 0 and all(step.fields is not None for step in steps)
    if change.op != "put" or change.data is None or not plain:
        return change
    names = {name for step in steps for name in step.fields or ()}
    data = {name: change.data.get(name) for name in sorted(names)}
    return Change("patch", change.kind, change.id, rev=change.rev, base=min(revs) - 1, data=data)


def _receipts(steps: Steps, actor: Actor) -> list[Change]:
    events = [id for kind, id in steps if kind == RECEIPT]
    if not events or actor.device is None:
        return []
    rows = late_results(actor.device, events)
    return [
        Change("put", RECEIPT, str(row.id), rev=1, data=receipt_data(row.state, row.code, row.refs))
        for row in rows
    ]


def receipt_data(state: str, code: str, refs: dict[str, str]) -> dict[str, Any]:
    """The late verdict as the phone stores it."""
    data: dict[str, Any] = {"verdict": state}
    return data | ({"code": code} if code else {}) | ({"refs": refs} if refs else {})


def receipt(id: str, state: str, code: str, refs: dict[str, str], translate: Any) -> Receipt:
    """The verdict as it stands in a reply, with a sentence in the person's language."""
    meaning = PROBLEMS.get(code)
    return Receipt(id, state, code, translate(meaning.title) if meaning else "", refs)  # type: ignore[arg-type]
