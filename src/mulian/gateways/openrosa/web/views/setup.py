"""The console's page that makes a device for ODK Collect and shows its set-up once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mulian.core.access import openrosa_keys
from mulian.core.access.permissions import Permission
from mulian.core.access.views import requires
from mulian.core.access.web import reading
from mulian.core.access.web.enrolment import qr
from mulian.gateways.openrosa.domain.collect import setup_code


@requires(Permission.ENROL)
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: Any, id: UUID) -> HttpResponse:
    """What it is for; after the button, the picture, the address and the key, this once."""
    person = reading.person(request.actor, Permission.ENROL, id, request.at)
    if request.method != "POST":
        return render(request, "openrosa/collect.html", {"person": person})
    label = request.POST.get("label", "")[:60].strip()
    given = openrosa_keys.give(person=id, actor=request.actor, at=request.at, label=label)
    base = f"{settings.MULIAN_BASE_URL.rstrip('/')}/openrosa"
    address = f"{base}/key/{given.key}"
    context = {
        "person": person,
        "given": given,
        "digest_address": base,
        "qr": qr(setup_code(server_url=address, project=f"{gettext('Mulian')} {person.name}")),
    }
    response = render(request, "openrosa/collect.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
