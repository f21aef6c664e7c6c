"""The first page of the portal: what anybody may do here."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mulian.core.access.views import public
from mulian.core.packs import current


@public("says what anybody may do here; holds nobody's data")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Report, follow, who serves my family, a complaint, where things stand."""
    portal = SimpleNamespace(hotline=current().part("portal").get("hotline", ""))
    return render(request, "portal/home.html", {"portal": portal})
