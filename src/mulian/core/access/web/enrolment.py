"""Screens of phones: a code shown once, and revoking."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import qrcode
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathImage

from mulian.core.access import devices
from mulian.core.access.permissions import Permission
from mulian.core.access.views import requires
from mulian.core.access.web import reading


@requires(Permission.ENROL)
@require_POST
def start(request: Any, id: UUID) -> HttpResponse:
    """Shows the QR and the six digits for one phone of this person, once."""
    person = reading.person(request.actor, Permission.ENROL, id, request.at)
    code = devices.start_enrolment(
        person=id, actor=request.actor, at=request.at, label=request.POST.get("label", "")[:60].strip()
    )
    address = f"{settings.MULIAN_BASE_URL.rstrip('/')}/field/#enrol={code.token}"
    context = {
        "person": person,
        "code": code,
        "qr": qr(address),
        "digits": f"{code.digits[:3]} {code.digits[3:]}",
    }
    return render(request, "access/enrol.html", context)


@requires(Permission.ENROL)
@require_POST
def revoke(request: Any, id: UUID) -> HttpResponse:
    """Revokes a phone; it is wiped at its next contact, its unsent reports are kept for an officer."""
    device = reading.device(request.actor, Permission.ENROL, id, request.at)
    devices.revoke(device=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("person", args=[device.person_id]))


def qr(text: str) -> SafeString:
    """A QR code as SVG without styles of its own (the page allows none inline)."""
    picture = qrcode.make(text, image_factory=SvgPathImage, error_correction=qrcode.ERROR_CORRECT_M, border=2)
    buffer = BytesIO()
    picture.save(buffer)
    svg = buffer.getvalue().decode()
    return SafeString(svg[svg.index("<svg") :])
