"""The list of phones and what they last said. It joins people with contacts, so it stands in the shell."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.permissions import Permission
from mulian.core.access.views import requires
from mulian.core.access.web import reading
from mulian.core.sync.models import Heartbeat


@requires(Permission.ENROL)
@require_safe
def devices(request: Any) -> HttpResponse:
    """Phones of the people in reach: last contact, how much they still hold, revoked or not."""
    rows = reading.devices(request.actor, Permission.ENROL, request.at)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    beats = Heartbeat.objects.in_bulk([device.id for device in page.object_list])
    lines = [(device, beats.get(device.id)) for device in page.object_list]
    return render(request, "console/devices.html", {"page": page, "lines": lines})
