"""`POST /field/lease`: the county's half of a phone's key, for an open phone or against a proof of its PIN."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mulian.core.access import leases
from mulian.core.access.devices import known_device
from mulian.core.access.views import public
from mulian.core.sync.enrolling import server_key
from mulian.core.sync.views import read_body
from mulian.kernel import clock
from mulian.kernel.problems import Problem


class Ask(msgspec.Struct):
    """`proof`: what the PIN derives (base64, empty while there is none). `push`: a push token is wanted too."""

    proof: str = ""
    push: bool = False


@csrf_exempt
@require_POST
@public("the phone's token is checked inside")
def lease(request: HttpRequest) -> HttpResponse:
    """{"proof"?, "push"?} → {"share", "days", "server_key", "push_token"?}."""
    now = clock.now()
    known = known_device(request.headers.get("Authorization", ""), now)
    ask = _ask(read_body(request))
    granted = (leases.reopen if known.push_only else leases.renew)(known=known, proof=ask.proof, at=now)
    answer: dict[str, Any] = {"share": granted.share, "days": granted.days, "server_key": server_key(now)}
    if ask.push and not known.push_only:
        answer["push_token"] = leases.push_token(known)
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response


def _ask(body: bytes) -> Ask:
    try:
        ask = msgspec.json.decode(body, type=Ask)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("bad_request") from error
    if len(ask.proof) > 100:
        raise Problem("bad_request")
    return ask
