"""Papers photographed on phones: the door their pictures come by, held in memory only, and the desk's look at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mulian.core.access.devices import device_sender
from mulian.core.access.views import public, requires
from mulian.core.providers.ocr.reading import LARGEST
from mulian.modules.households.actions import phone_papers as actions
from mulian.modules.households.permissions import Permission
from mulian.modules.households.web.views.pages import found


@csrf_exempt
@require_http_methods(["PUT"])
@public("the phone's token is checked inside")
def receive(request: Any, id: UUID) -> HttpResponse:
    """The body is the sealed box; `key` names the county's key. 204, and again 204; a Problem keeps nothing."""
    actor = device_sender(request.headers.get("Authorization", ""), request.at)
    box = request.read(LARGEST + 1)
    actions.take_picture(id=id, kid=request.GET.get("key", ""), box=box, actor=actor, at=request.at)
    return HttpResponse(status=204)


@requires(Permission.CARE)
@require_safe
def picture(request: Any, id: UUID, paper: UUID) -> HttpResponse:
    """The covered picture that waits; that it was opened is kept for the family."""
    found(request, id, Permission.CARE)
    content = actions.open_phone_paper(id=paper, household=id, actor=request.actor, at=request.at)
    return HttpResponse(content, content_type="image/jpeg", headers={"Content-Disposition": "inline"})


@requires(Permission.CARE)
@require_POST
def drop(request: Any, id: UUID, paper: UUID) -> HttpResponse:
    """Nothing can be read on it."""
    found(request, id, Permission.CARE)
    actions.drop_phone_paper(id=paper, household=id, actor=request.actor, at=request.at)
    messages.success(request, gettext("The picture is deleted. The phone asks for another one."))
    return HttpResponseRedirect(f"{reverse('household', args=[id])}#papers")
