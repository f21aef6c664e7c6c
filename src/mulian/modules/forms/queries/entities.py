"""Families and their members as lists for other apps: what somebody fills forms about is chosen, not typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.forms.permissions import Permission
from mulian.modules.households import public as households


@dataclass(frozen=True, kw_only=True)
class EntityList:
    """`csv` is UTF-8; `md5` of its bytes."""

    name: str
    csv: bytes
    md5: str


def entity_lists(actor: Actor, at: datetime) -> list[EntityList]:
    """`households`: those of the actor's own ledger, by number. Nobody else's, whatever is asked."""
    if not scope.permitted(actor, Permission.FILL):
        return []
    ids = list(households.ledger(actor, at))
    known = households.brief(ids, actor, at)
    rows = sorted((each.number, each.called(actor.language), str(each.id)) for each in known.values())
    labelled = ((id, f"{name} {number}", "1") for number, name, id in rows)
    return [_list("households", ("name", "label", "__version"), labelled)]


def _list(name: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> EntityList:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    data = file.getvalue().encode()
    return EntityList(name=name, csv=data, md5=md5(data, usedforsecurity=False).hexdigest())
