"""Makes the tables that were allowed, in the asker's language, with who and why above them (the worker's sweep)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from mulian.core.access import actors, scope
from mulian.core.areas.queries import place_names
from mulian.core.events.log import append
from mulian.core.sheets.writing import Cell, Sheet, csv_bytes, write_xlsx
from mulian.core.ui.filters import moment
from mulian.kernel.actor import Actor
from mulian.modules.households.actions.exporting import keep_sealed
from mulian.modules.households.actions.reading import note_reading
from mulian.modules.households.domain.catalogue import Item
from mulian.modules.households.domain.exporting import chosen
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.titles import RELATIONS
from mulian.modules.households.domain.values import Value
from mulian.modules.households.events import ExportMade
from mulian.modules.households.models import Export
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import exporting as queries
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.exporting import Row
from mulian.modules.households.web.import_showing import said_of
from mulian.modules.households.web.showing import words

State = Export.State


def make_due(now: datetime) -> int:
    """Makes what was allowed; returns how many."""
    due = list(Export.objects.filter(state=State.ALLOWED, until__gt=now).order_by("created_at")[:3])
    for row in due:
        make(row, now)
    return len(due)


def make(row: Export, now: datetime) -> None:
    """A person who lost the duty meanwhile gets nothing; what a family took back meanwhile is made anew without it."""
    actor = actors.actor_of(row.by, now)
    held = scope.granting(actor, Permission.EXPORT) if actor else ()
    if actor is None or not any(row.area_id.startswith(posting.area) for posting in held):
        with transaction.atomic():
            Export.objects.filter(id=row.id, state=State.ALLOWED).update(state=State.REFUSED)
        return
    with translation.override(actor.language):
        ids = queries.wanted(actor, row.area_id, now)
        before = queries.revisions(ids)
        content = _content(row, ids, actor, now)
    key = keep_sealed(row, content)
    with transaction.atomic():
        made = Export.objects.filter(id=row.id, state=State.ALLOWED)
        if not queries.taken_back(before, now) and made.update(
            state=State.READY, key=key, households=len(ids)
        ):
            for at in range(0, len(ids), queries.AT_ONCE):
                found = [str(id) for id in ids[at : at + queries.AT_ONCE]]
                event = ExportMade(subject_id=row.id, purpose=row.purpose, found=found, items=row.items)
                append(event, actor=actor, at=now, areas=[row.area_id])
            note_reading(households=ids, way=Way.TABLE, actor=actor, at=now, why=row.purpose)


def _content(row: Export, ids: list[UUID], actor: Actor, now: datetime) -> bytes:
    items = chosen(catalogue(), row.items, row.people)
    above = _above(row, actor, now)
    sheet = Sheet(
        name=gettext("Households"),
        titles=_titles(items, row.people),
        rows=_rows(row, ids, items, actor, now),
        above=above,
    )
    if row.form == Export.Form.CSV:
        return csv_bytes(sheet)
    out = io.BytesIO()
    write_xlsx(out, [sheet], footer=" · ".join(above))
    return out.getvalue()


def _above(row: Export, actor: Actor, now: datetime) -> list[str]:
    """Who, when and why, in the table itself: it stays with every copy."""
    return [
        gettext("Made for %(name)s on %(time)s") % {"name": actor.name, "time": moment(now)},
        gettext("Only for: %(purpose)s") % {"purpose": row.purpose},
        gettext("Delete it after %(time)s.") % {"time": moment(row.until)},
    ]


def _titles(items: Sequence[Item], people: bool) -> list[str]:
    home = [gettext("Number"), gettext("Household head"), gettext("Head's name in Tibetan")]
    home += [gettext("Telephone number"), gettext("Registered in"), gettext("Lives in")]
    who = [gettext("Member's name"), gettext("Member's name in Tibetan")]
    who += [gettext("Member's year of birth"), gettext("Relation to the head")]
    return [*home, *(who if people else []), *(words(item.name) for item in items)]


def _rows(
    row: Export, ids: list[UUID], items: Sequence[Item], actor: Actor, now: datetime
) -> Iterator[list[Cell]]:
    for several in queries.rows(ids, items, row.people, actor, now):
        codes = {code for one in several for code in (one.registered, one.residing) if code}
        names = place_names(codes, translation.get_language() or "zh-hans")
        for one in several:
            yield _line(one, items, names)


def _line(one: Row, items: Sequence[Item], names: dict[str, str]) -> list[Cell]:
    home, member = one.household, one.member
    cells: list[Cell] = [home.number, home.name, home.name_bo, home.phone]
    cells += [names.get(one.registered, ""), names.get(one.residing, "")]
    if member is not None:
        cells += [member.name, member.name_bo, member.birth_year, gettext(RELATIONS[member.relation])]
    return [*cells, *(_value(item, one.values.get(item.code)) for item in items)]


def _value(item: Item, value: Value) -> Cell:
    """Figures as figures, so that they can be added; all else as words."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if number else said_of(item, value)
