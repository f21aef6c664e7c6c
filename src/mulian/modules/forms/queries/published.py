"""Which forms there are, and what each holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.files.queries import Media, shelf, subjects_of
from mulian.core.files.shelving import Shelved
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.forms.domain.definition import About, Definition, load
from mulian.modules.forms.domain.facts import Item
from mulian.modules.forms.models import Form
from mulian.modules.forms.permissions import Permission
from mulian.modules.households import public as households

KIND, LABEL = "form", "label"
"""What files of labels are attached to, and as what."""


def register_items() -> Mapping[str, Item]:
    """The items of the register as a form must know them."""
    families = households.items()
    found = {code: Item(item.type, item.of, frozenset(item.choices)) for code, item in families.items()}
    return found | of_premises(households.premises_items())


def of_premises(types: Mapping[str, str]) -> dict[str, Item]:
    """The same of what is told of institutions."""
    return {code: Item(type, About.INSTITUTION, frozenset()) for code, type in types.items()}


def offered(actor: Actor) -> QuerySet[Form]:
    """The forms that can be filled in now, for whoever has to do with forms; without their heavy columns."""
    rows = Form.objects.filter(offered=True).defer("tables", "definition", "xform").order_by("code")
    return rows if scope.permitted(actor, Permission.WATCH) else rows.none()


def about_households() -> bool:
    """Whether any form that can be filled in now is about a household."""
    return Form.objects.filter(offered=True, about=About.HOUSEHOLD).exists()


def about_members() -> bool:
    """The same of members."""
    return Form.objects.filter(offered=True, about=About.MEMBER).exists()


def about_camps() -> bool:
    """The same of camps."""
    return Form.objects.filter(offered=True, about=About.CAMP).exists()


def about_institutions() -> bool:
    """The same of institutions."""
    return Form.objects.filter(offered=True, about=About.INSTITUTION).exists()


def versions(code: str) -> QuerySet[Form]:
    """Every version of a form, the newest first."""
    return (
        Form.objects.filter(code=code).defer("tables", "definition", "xform").order_by("-published_at", "-id")
    )


def one(code: str, version: str) -> Form:
    """A version, also one that is not offered any more: what was given under it still comes. Raises `not_found`."""
    row = Form.objects.filter(code=code, version=version).first()
    if row is None:
        raise Problem("not_found")
    return row


def definition(id: UUID) -> Definition:
    """A version never changes: read once a process."""
    return _definition(id)


@lru_cache(maxsize=64)
def _definition(id: UUID) -> Definition:
    return load(json.loads(Form.objects.values_list("definition", flat=True).get(id=id)))


def shelved(row: Form) -> Mapping[str, Shelved]:
    """The files of a version's labels, by name."""
    return {name: Shelved(**each) for name, each in row.media.items()}


def shown(sha256: str) -> Media | None:
    """A picture or sound of any form's labels by the hash of its bytes."""
    if not any(role == LABEL for _, role in subjects_of(sha256, kind=KIND)):
        return None
    return shelf(sha256)


def bytes_of(sha256: str) -> bytes | None:
    """A definition by the hash of its bytes."""
    found = Form.objects.filter(definition_sha256=sha256).values_list("definition", flat=True).first()
    return found.encode() if found is not None else None
