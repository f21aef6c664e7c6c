"""GET: the list of forms, one form, its manifest, its files, lists of entities and what became of them."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import get_language

from mulian.core.files.web.reading import send
from mulian.core.packs import said
from mulian.gateways.openrosa.domain import documents
from mulian.gateways.openrosa.domain.documents import ListedFile, ListedForm
from mulian.gateways.openrosa.queries import listing
from mulian.gateways.openrosa.web.answer import address, document, openrosa
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.forms import public as forms
from mulian.modules.forms.public import EntityList, Published

YES = frozenset({"true", "1", "yes"})


def _list(request: Any, actor: Actor) -> HttpResponse:
    """`formID` narrows to one, `listAllVersions` widens to every version, `verbose` adds a description."""
    asked = request.GET
    found = listing.listed(
        actor,
        request.at,
        form_id=asked.get("formID", ""),
        all_versions=asked.get("listAllVersions", "").lower() in YES,
    )
    rows = [_row(request, each) for each in found]
    return document(documents.form_list(rows, verbose=asked.get("verbose", "").lower() in YES))


def _row(request: Any, form: Published) -> ListedForm:
    name = said(form.title, get_language() or "zh-hans")
    has_files = bool(form.media) or listing.has_lists(form)
    return ListedForm(
        form_id=form.form_id,
        name=name,
        version=form.version,
        md5=form.xform_md5,
        download=_address(request, form, "form.xml"),
        manifest=_address(request, form, "manifest") if has_files else "",
        description=name,
    )


def _address(request: Any, form: Published, rest: str) -> str:
    return address(request, f"forms/{quote(form.form_id, safe='')}/{quote(form.version, safe='')}/{rest}")


def _form(request: Any, actor: Actor, form_id: str, version: str) -> HttpResponse:
    found = listing.one(actor, request.at, form_id, version)
    return document(forms.xform(found.form_id, found.version))


def _manifest(request: Any, actor: Actor, form_id: str, version: str) -> HttpResponse:
    form = listing.one(actor, request.at, form_id, version)
    lists = [
        ListedFile(
            filename=f"{each.name}.csv",
            md5=each.md5,
            download=_address(request, form, f"lists/{each.name}.csv"),
            integrity=_address(request, form, f"lists/{each.name}/integrity"),
        )
        for each in listing.entity_lists(form, actor, request.at)
    ]
    media = [
        ListedFile(
            filename=name, md5=each.md5, download=_address(request, form, f"media/{quote(name, safe='')}")
        )
        for name, each in sorted(form.media.items())
    ]
    return document(documents.manifest([*media, *lists]))


def _media(request: Any, actor: Actor, form_id: str, version: str, name: str) -> HttpResponseBase:
    """A picture or sound of its labels."""
    return send(request, forms.shown(listing.one(actor, request.at, form_id, version), name))


def _entities(request: Any, actor: Actor, form_id: str, version: str, name: str) -> HttpResponse:
    found = _entity_list(request, actor, form_id, version, name)
    return HttpResponse(found.csv, content_type="text/csv; charset=utf-8")


def _integrity(request: Any, actor: Actor, form_id: str, version: str, name: str) -> HttpResponse:
    """Which of the entities a program holds it should forget: those that are not its user's any more."""
    found = _entity_list(request, actor, form_id, version, name)
    there = frozenset(row["name"] for row in csv.DictReader(io.StringIO(found.csv.decode("utf-8-sig"))))
    asked = [each for each in request.GET.get("id", "").split(",") if each]
    return document(documents.integrity(asked, there))


def _entity_list(request: Any, actor: Actor, form_id: str, version: str, name: str) -> EntityList:
    form = listing.one(actor, request.at, form_id, version)
    for each in listing.entity_lists(form, actor, request.at):
        if each.name == name:
            return each
    raise Problem("not_found")


form_list = openrosa(GET=_list)
form = openrosa(GET=_form)
manifest = openrosa(GET=_manifest)
media = openrosa(GET=_media)
entity_list = openrosa(GET=_entities)
integrity = openrosa(GET=_integrity)
