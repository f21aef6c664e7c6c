"""Families, members, camps and institutions as lists for other apps: what a form is about is chosen, not typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5

from django.utils.translation import gettext, override

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.forms.permissions import Permission
from mulian.modules.households import public as households

ALONE = ("households", "institutions")
"""Lists of what belongs to no family."""


@dataclass(frozen=True, kw_only=True)
class EntityList:
    """`csv` is UTF-8; `md5` of its bytes."""

    name: str
    csv: bytes
    md5: str


def entity_lists(actor: Actor, at: datetime) -> list[EntityList]:
    """`households`, `members`, `camps`, `institutions`: of the actor's own duty. Nobody else's, whatever is asked.

    Members and camps are named in their family's language, with the family's number; nothing else is told of them.
    """
    if not scope.permitted(actor, Permission.FILL):
        return []
    homes = households.ledger_with_insides(actor, at)
    families = [(str(home.id), f"{home.called(actor.language)} {home.number}") for home in homes]
    members = [
        (str(one.id), f"{one.called(home.language)} {home.number}", str(home.id))
        for home in homes
        for one in home.members.all()
    ]
    camps = [(str(one.id), _camp(one, home), str(home.id)) for home in homes for one in home.camps.all()]
    lists = [_list("households", families), _list("members", members), _list("camps", camps)]
    return [*lists, _list("institutions", _institutions(actor, at))]


def _institutions(actor: Actor, at: datetime) -> list[tuple[str, ...]]:
    """Those of the actor's duty by area and kind."""
    found = households.premises_of(actor, at)
    return [(str(one.id), one.called(actor.language)) for one in found]


def _camp(camp: households.Camp, home: households.Household) -> str:
    """Its name or whose it is, and its season."""
    with override(home.language):
        season = gettext(households.SEASONS[camp.season]) if camp.season else ""
    name = camp.name(home.language) or home.called(home.language)
    return " ".join(filter(None, (name, season, home.number)))


def _list(name: str, rows: Iterable[tuple[str, ...]]) -> EntityList:
    """`household` lets a form offer the members of a chosen family only (choice_filter)."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("name", "label", "__version", *(("household",) if name not in ALONE else ())))
    writer.writerows((id, label, "1", *family) for id, label, *family in rows)
    data = file.getvalue().encode()
    return EntityList(name=name, csv=data, md5=md5(data, usedforsecurity=False).hexdigest())
