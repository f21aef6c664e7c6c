"""Keys of programs: the administrator issues, sees and revokes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mulian.core.access.views import requires
from mulian.gateways.open311.actions.keys import issue, revoke
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries import keys
from mulian.gateways.open311.web.forms import KeyForm


@requires(Permission.KEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: Any) -> HttpResponse:
    """All keys, and a form for one more; the new key is shown on this page, once."""
    form, secret = KeyForm(request.POST or None), ""
    if form.is_valid():
        secret = issue(**form.cleaned_data, actor=request.actor, at=request.at).secret
        form = KeyForm()
    context = {
        "form": form,
        "secret": secret,
        "keys": keys.keys(request.actor, request.at),
        "address": f"{settings.MULIAN_BASE_URL.rstrip('/')}/open311/v2",
    }
    return render(request, "open311/programs.html", context, status=422 if form.is_bound else 200)


@requires(Permission.KEYS)
@require_POST
def revoke_key(request: Any, id: UUID) -> HttpResponse:
    revoke(key=id, actor=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("programs"))
