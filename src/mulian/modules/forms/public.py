"""The door of forms for gateways and other modules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mulian.core.access import scope
from mulian.core.files.queries import Media
from mulian.core.files.shelving import Shelved
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.media import add_media
from mulian.modules.forms.actions.receiving import receive
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Receipt, Subject, Submission, instance_id
from mulian.modules.forms.models import Form
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published as forms
from mulian.modules.forms.queries.entities import EntityList, entity_lists

__all__ = [
    "About",
    "EntityList",
    "Published",
    "Receipt",
    "Subject",
    "Submission",
    "add_media",
    "definition",
    "entity_lists",
    "instance_id",
    "published",
    "receive",
    "shown",
    "xform",
]


@dataclass(frozen=True, kw_only=True)
class Published:
    """One version of a form. `title`: zh, bo, en. `media`: files of its labels by name."""

    form_id: str
    version: str
    title: Mapping[str, str]
    about: str
    offered: bool
    xform_sha256: str
    xform_md5: str
    media: Mapping[str, Shelved]
    published_at: datetime


def published(
    actor: Actor, at: datetime, *, form_id: str = "", all_versions: bool = False
) -> list[Published]:
    """The forms the actor may fill in, each in its present version, or in all that ever were; by id, newest first."""
    if not scope.permitted(actor, Permission.FILL):
        return []
    rows = Form.objects.defer("tables", "definition", "xform").order_by("code", "-published_at", "-id")
    rows = rows.filter(code=form_id) if form_id else rows
    return [_published(row) for row in (rows if all_versions else rows.filter(offered=True))]


def xform(form_id: str, version: str) -> bytes:
    """The XForm's XML as UTF-8. Raises `not_found`."""
    return forms.one(form_id, version).xform.encode()


def definition(form_id: str, version: str) -> dict[str, Any]:
    """The definition as phones hold it. Raises `not_found`."""
    found: dict[str, Any] = json.loads(forms.one(form_id, version).definition)
    return found


def shown(form: Published, name: str) -> Media:
    """A picture or sound of its labels. Raises `not_found`."""
    found = forms.shown(form.media[name].sha256) if name in form.media else None
    if found is None:
        raise Problem("not_found")
    return found


def _published(row: Form) -> Published:
    return Published(
        form_id=row.code,
        version=row.version,
        title=row.title,
        about=row.about,
        offered=row.offered,
        xform_sha256=row.xform_sha256,
        xform_md5=row.xform_md5,
        media=forms.shelved(row),
        published_at=row.published_at,
    )
