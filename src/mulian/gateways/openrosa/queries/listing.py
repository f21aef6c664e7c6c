"""What a form program may fetch: forms, their files, and lists of its user's own families, members and camps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from mulian.gateways.openrosa.domain.envelope import LISTS
from mulian.gateways.openrosa.domain.refusals import NO_FORM
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.forms import public as forms
from mulian.modules.forms.public import EntityList, Published


def listed(actor: Actor, at: datetime, *, form_id: str, all_versions: bool) -> list[Published]:
    """The forms this actor may fill: the newest of each, or all that were ever published."""
    return forms.published(actor, at, form_id=form_id, all_versions=all_versions)


def one(actor: Actor, at: datetime, form_id: str, version: str) -> Published:
    """Without a version the offered one. Raises `openrosa.no_form`, also for what is not the actor's to fill."""
    found = forms.published(actor, at, form_id=form_id, all_versions=bool(version))
    for each in found:
        if version in ("", each.version) and form_id:
            return each
    raise Problem(NO_FORM)


def definition(form: Published) -> Mapping[str, Any]:
    """What types its answers; a version never changes, so it is read once a process."""
    return _definition(form.form_id, form.version, form.xform_sha256, form.published_at)


@lru_cache(64)
def _definition(form_id: str, version: str, _: str, __: datetime) -> Mapping[str, Any]:
    return forms.definition(form_id, version)


def has_lists(form: Published) -> bool:
    return bool(_asked_for(form.form_id, form.version, form.xform_sha256))


def entity_lists(form: Published, actor: Actor, at: datetime) -> list[EntityList]:
    """The lists this form asks for, as this actor sees them: nobody else's families are in them."""
    wanted = _asked_for(form.form_id, form.version, form.xform_sha256)
    return [each for each in forms.entity_lists(actor, at) if each.name in wanted] if wanted else []


@lru_cache(256)
def _asked_for(form_id: str, version: str, xform_sha256: str) -> frozenset[str]:
    """Names of lists that a form's XML reads from the manifest (`jr://file-csv/households.csv`)."""
    xml = forms.xform(form_id, version)
    return frozenset(name for name in LISTS if f"jr://file-csv/{name}.csv".encode() in xml)
