"""Publishes forms: read, checked, converted, and kept for ever as that version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from hashlib import md5, sha256

from django.db import transaction

from mulian.core.access import scope
from mulian.core.access.models import Device
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.files.actions import attach
from mulian.core.files.shelving import Shelved
from mulian.kernel.actor import Actor
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.actions import sources
from mulian.modules.forms.actions.converting import convert
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.domain.converting import Plain
from mulian.modules.forms.domain.definition import SILENT, Definition, dump
from mulian.modules.forms.domain.facts import fact_wrong
from mulian.modules.forms.domain.xlsform import Tables, read_form
from mulian.modules.forms.domain.xlsform.media import File
from mulian.modules.forms.events import FormPublished, FormRetired
from mulian.modules.forms.models import Form
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries.published import KIND, LABEL, register_items, shelved

NEEDS = 1
"""Which part of the standard a phone must know to draw the form."""

register(
    "forms.version_taken",
    409,
    "This version was published with other content.",
    "Give the form a new version and publish it again.",
)


@dataclass(frozen=True)
class Draft:
    """A form that may be published."""

    form: Definition
    tables: Plain
    media: Mapping[str, Shelved]


def draft(source: Source) -> Draft:
    """Reads and checks a form without publishing it. Raises NotAForm, and what reading the file raises."""
    found = sources.read(source)
    files = {**_shelved_before(found), **source.media}
    form = read_form(
        found,
        fact_wrong=partial(fact_wrong, items=register_items()),
        files={name: File(each.mime, each.sha256) for name, each in files.items()},
        sent=source.media,
    )
    named = form.media
    return Draft(form, found.plain(), {name: each for name, each in files.items() if each.sha256 in named})


def is_held(source: Source) -> bool:
    """Whether this version was published before with these tables."""
    found = sources.read(source)
    row = _same_version(*_named(found))
    return row is not None and row.tables == found.plain()


def publish(*, source: Source, actor: Actor, at: datetime) -> Form:
    """Offers a form from now on. The same version with the same content again changes nothing.

    Raises `forbidden`, NotAForm, `forms.version_taken`, and what reading and converting raise.
    """
    return publish_all([source], actor=actor, at=at)[0]


def publish_all(sources: Sequence[Source], *, actor: Actor, at: datetime) -> list[Form]:
    """Several at once, converted in one child."""
    scope.require_any(actor, Permission.PUBLISH)
    drafts = [draft(source) for source in sources]
    held = [_held(each) for each in drafts]
    fresh = [each for each, row in zip(drafts, held, strict=True) if row is None]
    xforms = convert([each.tables for each in fresh]) if fresh else []
    with transaction.atomic():
        made = [_offer(each, xml, actor, at) for each, xml in zip(fresh, xforms, strict=True)]
    left = iter(made)
    return [row or next(left) for row in held]


@transaction.atomic
def retire(*, code: str, actor: Actor, at: datetime) -> None:
    """The form is not offered any more; what was answered stays. Raises `forbidden`, `not_found`."""
    scope.require_any(actor, Permission.PUBLISH)
    row = Form.objects.select_for_update().filter(code=code, offered=True).first()
    if row is None:
        raise Problem("not_found")
    row.offered = False
    row.save(update_fields=["offered"])
    tell_phones(FormRetired(subject_id=row.id, form=code), actor, at)


def _held(found: Draft) -> Form | None:
    """The same version, published before."""
    row = _same_version(found.form.id, found.form.version)
    if row is not None and (row.tables != found.tables or shelved(row) != found.media):
        raise Problem("forms.version_taken")
    return row


def _same_version(code: str, version: str) -> Form | None:
    return Form.objects.filter(code=code, version=version).first()


def _named(found: Tables) -> tuple[str, str]:
    """The form's id and version as its settings say."""
    row = next(iter(found.rows.get("settings", ())), None)
    return (row.text("form_id"), row.text("version")) if row else ("", "")


def _shelved_before(found: Tables) -> Mapping[str, Shelved]:
    """The files of the same version, else of the last one: who corrects a word need not send every picture again."""
    code, version = _named(found)
    row = _same_version(code, version) or Form.objects.filter(code=code).order_by("-published_at").first()
    return shelved(row) if row else {}


def _offer(found: Draft, xml: str, actor: Actor, at: datetime) -> Form:
    before = Form.objects.select_for_update().filter(code=found.form.id, offered=True).first()
    if before is not None:
        before.offered = False
        before.save(update_fields=["offered"])
    row = Form.objects.create(
        id=uuid7(at), offered=True, published_at=at, published_by=actor.person, **_content(found, xml)
    )
    if before is not None:
        tell_phones(FormRetired(subject_id=before.id, form=before.code), actor, at)
    event = FormPublished(
        subject_id=row.id, form=row.code, version_of_form=row.version, digest=row.definition_sha256
    )
    tell_phones(event, actor, at)
    attach(
        sha256s=[each.sha256 for each in found.media.values()],
        subject_kind=KIND,
        subject_id=row.id,
        role=LABEL,
        permission=Permission.WATCH,
        at=at,
    )
    return row


def _content(found: Draft, xml: str) -> dict[str, object]:
    form = found.form
    data = {"needs": NEEDS, **dump(form)}
    definition = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return {
        "code": form.id,
        "version": form.version,
        "title": dict(form.title),
        "about": str(form.about),
        "questions": sum(node.type not in SILENT for node in form.walk()),
        "tables": found.tables,
        "media": {name: asdict(each) for name, each in found.media.items()},
        "definition": definition,
        "definition_sha256": sha256(definition.encode()).hexdigest(),
        "xform": xml,
        "xform_sha256": sha256(xml.encode()).hexdigest(),
        "xform_md5": md5(xml.encode(), usedforsecurity=False).hexdigest(),
    }


def tell_phones(event: Event, actor: Actor, at: datetime) -> None:
    """Every phone in use learns of it."""
    people = Device.objects.filter(revoked_at__isnull=True).values_list("person_id", flat=True).distinct()
    append(event, actor=actor, at=at, feeds=[feeds.of_person(person) for person in people])
