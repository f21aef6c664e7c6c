"""Service lists on phones: a liaison's own families, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from mulian.core.sync.envelope import Envelope
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.listed import mark_family
from mulian.modules.cases.domain.purposes import Mark
from mulian.modules.cases.models import ListedFamily
from mulian.modules.cases.queries.service_lists import names_of, of_liaison
from mulian.modules.cases.syncables.bodies import words_of
from mulian.modules.households import public as households


class MarkBody(msgspec.Struct):
    """`cases.mark_listed`: `row` is the family's line on the list."""

    row: UUID
    mark: Mark
    why: str | None = None


def apply_mark(body: MarkBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Marks one family of the phone's liaison."""
    mark_family(row=body.row, mark=body.mark, why=body.why or "", actor=envelope.actor, at=now)
    return {"row": str(body.row)}


def visible_lists(actor: Actor, at: datetime) -> list[UUID]:
    """Lists on which a family of the liaison stands."""
    return list(of_liaison(actor, at))


def render_lists(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """Their own families only; a phone shows nothing of it after `until`."""
    found = of_liaison(actor, at, among=ids)
    pairs = [(row.household, row.member) for rows in found.values() for row in rows]
    names = households.listed.named(pairs, at, actor.language) if pairs else {}
    return {id: (rows[0].list.rev, _compact(rows, names, actor.language)) for id, rows in found.items()}


def beside(subjects: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """The lists these families stand on."""
    families = {id for kind, id in subjects if kind == households.KIND}
    rows = ListedFamily.unscoped.because("only which lists; what they hold is rendered in scope")
    return sorted(rows.filter(household__in=families).values_list("list", flat=True).distinct())


def _compact(rows: list[ListedFamily], names: dict[Any, Any], language: str) -> dict[str, Any]:
    kept = rows[0].list
    data: dict[str, Any] = {
        "title": words_of(names_of(kept.purpose), language),
        "from": kept.unit.name(language),
        "until": kept.until.isoformat(timespec="seconds"),
        "rows": [_row(row, names.get((row.household, row.member))) for row in rows],
    }
    return data | ({"text": kept.text} if kept.text else {})


def _row(row: ListedFamily, named: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"id": str(row.id), "household": str(row.household)}
    optional = {
        "member": named.member if named else "",
        "mark": row.mark if row.mark != Mark.OPEN else "",
        "why": row.why,
    }
    return data | {key: value for key, value in optional.items() if value}
