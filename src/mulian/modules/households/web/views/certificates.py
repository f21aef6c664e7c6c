"""Papers photographed at the desk: choose, read, cover, confirm; open a kept picture; find papers by their words.

A picture comes as the body of a request or inside a form's field, both held in memory: no upload is ever spooled.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access.views import requires
from mulian.core.providers.ocr import reading
from mulian.core.ui.pages import page
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import certificates as actions
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.domain.certificates import OWN, valued
from mulian.modules.households.domain.sides import may_write
from mulian.modules.households.models import Certificate, Document, Household, Member, PhonePaper
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import certificates
from mulian.modules.households.queries import phone_papers as photographed
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.certificates import CertificateKind
from mulian.modules.households.queries.standing import standing
from mulian.modules.households.web.certificate_forms import CertificateForm, KindForm
from mulian.modules.households.web.showing import words
from mulian.modules.households.web.views.changing import METHODS
from mulian.modules.households.web.views.ledger import both_names
from mulian.modules.households.web.views.pages import form_page, found, refused

DOUBTS = {
    "kind": _("This side of the paper is not known."),
    "words": _("Not all printed words could be read."),
    "number": _("The person's number was not found whole."),
    "portrait": _("It cannot be told where the portrait is."),
    "turned": _("The picture is turned."),
    "column": _("Something that must be covered stands in a column."),
}


MOST_WAITING = 50
"""Shown above what was found; the next ones come up when these are confirmed."""


class SearchForm(forms.Form):
    """Words of the confirmed text, Chinese or Tibetan."""

    q = forms.CharField(label=_("Words of a paper"), required=False, max_length=60)


@requires(Permission.CARE)
@require_safe
def search(request: Any) -> HttpResponse:
    """Papers of the families one helps."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    shown = page(request, certificates.found(request.actor, text, request.at))
    rows = [_line(row) for row in shown.object_list]
    wait = [_waiting(one) for one in photographed.waiting(request.actor, request.at)[:MOST_WAITING]]
    context = {"form": form, "page": shown, "rows": rows, "asked": bool(text.strip()), "waiting": wait}
    return render(request, "households/certificates/found.html", context)


def _line(row: Certificate) -> dict[str, Any]:
    """A member's paper is called by the member."""
    document = row.document
    return {"row": row, **_called(document)}


def _waiting(row: PhonePaper) -> dict[str, Any]:
    """A picture from a phone, and where what stands in it is confirmed."""
    chosen = {"code": row.code, "phone": row.id} | ({"member": row.member} if row.member else {})
    address = reverse("households_certificate", args=[row.household_id])
    return {"row": row, "url": f"{address}?{urlencode(chosen)}", **_called(row)}


def _called(paper: Document | PhonePaper) -> dict[str, Any]:
    members = Member.unscoped.because(certificates.WHY)
    member = members.filter(id=paper.member).first() if paper.member else None
    kind = catalogue().documents[paper.code]
    return {"paper": words(kind.name), **both_names(member or paper.household)}


@requires(Permission.CARE)
@require_http_methods(METHODS)
def new(request: Any, id: UUID) -> HttpResponse:
    """Without `code`: which paper. With it: the picture and what stands in it; POST writes what was confirmed."""
    row = found(request, id, Permission.CARE)
    if "code" not in request.GET:
        return _choose(request, row)
    kind = certificates.kind_of(request.GET["code"])
    member = _member(request, row, kind)
    form = CertificateForm(
        request.POST if request.method == "POST" else None, kind=kind, writable=_writable(request, row)
    )
    phone = _photographed(request, row, kind)
    if form.is_valid() and _keep(request, row, kind, member, form, phone):
        messages.success(request, gettext("The paper is taken in."))
        return HttpResponseRedirect(f"{reverse('household', args=[id])}#papers")
    context = {
        "household": row,
        "form": form,
        "kind": words(kind.document.name),
        "purpose": words(kind.purpose),
        "code": kind.document.code,
        "months": kind.keep_months,
        "whose": both_names(member)["called"] if member else both_names(row)["called"],
        "engines": reading.engines(),
        "phone": phone,
    }
    status = 422 if form.is_bound else 200
    return render(request, "households/certificates/new.html", context, status=status)


def _choose(request: Any, row: Household) -> HttpResponse:
    form = KindForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        chosen = "&".join(f"{name}={value}" for name, value in form.cleaned_data.items() if value)
        return HttpResponseRedirect(f"{reverse('households_certificate', args=[row.id])}?{chosen}")
    return form_page(request, form, gettext("Take a paper in"), gettext("Continue"), household=row)


def _member(request: Any, row: Household, kind: CertificateKind) -> Member | None:
    if kind.document.of == Of.HOUSEHOLD:
        return None
    wanted = request.GET.get("member", "")
    one = next((member for member in row.members.all() if str(member.id) == wanted), None)
    if one is None:
        raise Problem("not_found")
    return one


def _photographed(request: Any, row: Household, kind: CertificateKind) -> PhonePaper | None:
    """The picture from a phone that is confirmed here."""
    wanted = request.GET.get("phone", "")
    if not wanted:
        return None
    rows = photographed.waiting(request.actor, request.at, household=row.id)
    one = next((each for each in rows if str(each.id) == wanted and each.code == kind.document.code), None)
    if one is None:
        raise Problem("not_found")
    return one


def _writable(request: Any, row: Household) -> frozenset[str]:
    stands = standing([row.id], request.actor, request.at, permission=Permission.CHANGE)[row.id]
    return frozenset(code for code, item in catalogue().items.items() if may_write(item, stands))


def _keep(
    request: Any,
    row: Household,
    kind: CertificateKind,
    member: Member | None,
    form: CertificateForm,
    phone: PhonePaper | None,
) -> bool:
    try:
        actions.keep_certificate(
            household=row.id,
            code=kind.document.code,
            member=member.id if member else None,
            taken=form.taken(),
            seen_on=form.cleaned_data["seen_on"],
            covered=form.kept_picture(),
            photographed=phone.id if phone else None,
            actor=request.actor,
            at=request.at,
        )
    except Problem as problem:
        refused(form, problem)
        return False
    return True


@requires(Permission.CARE)
@require_POST
def read(request: Any, id: UUID) -> HttpResponse:
    """The body is the picture; it is read in memory and forgotten. Answers what was read and what to cover."""
    found(request, id, Permission.CARE)
    looked = actions.look_at(
        household=id,
        code=request.GET.get("code", ""),
        picture=request.read(reading.LARGEST + 1),
        actor=request.actor,
        at=request.at,
    )
    answer, items = looked.answer, catalogue().items
    proposals = [
        {"to": one.to, "value": value, "percent": round(100 * one.confidence)}
        for one in answer.proposals
        if (value := valued(one.to, one.text, None if one.to in OWN else items.get(one.to)))
    ]
    said = {
        "width": answer.width,
        "height": answer.height,
        "boxes": [[box.left, box.upper, box.width, box.height] for box in answer.boxes],
        "doubts": [str(DOUBTS[doubt]) for doubt in answer.doubts],
        "proposals": proposals,
        "read": reading.engines().chinese,
        "picture": base64.b64encode(looked.picture).decode(),
        "signature": looked.signature,
    }
    return JsonResponse(said, headers={"Content-Language": get_language() or "zh-hans"})


@requires(Permission.CARE)
@require_safe
def picture(request: Any, id: UUID, certificate: UUID) -> HttpResponse:
    """The covered picture of a paper; that it was opened is kept for the family."""
    found(request, id, Permission.CARE)
    content = actions.open_picture(certificate=certificate, household=id, actor=request.actor, at=request.at)
    return HttpResponse(content, content_type="image/jpeg", headers={"Content-Disposition": "inline"})


@requires(Permission.CARE)
@require_POST
def remove(request: Any, id: UUID, certificate: UUID) -> HttpResponse:
    """Deletes what was kept of a paper."""
    found(request, id, Permission.CARE)
    actions.remove_certificate(certificate=certificate, household=id, actor=request.actor, at=request.at)
    messages.success(request, gettext("What was kept of the paper is deleted."))
    return HttpResponseRedirect(f"{reverse('household', args=[id])}#papers")
