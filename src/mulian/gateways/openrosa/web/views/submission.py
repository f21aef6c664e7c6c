"""HEAD and POST `submission`."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext, ngettext

from mulian.gateways.openrosa.actions.submitting import submit
from mulian.gateways.openrosa.domain import documents
from mulian.gateways.openrosa.web.answer import address, document, openrosa
from mulian.gateways.openrosa.web.receiving import receive
from mulian.kernel.actor import Actor
from mulian.modules.forms.public import Receipt

SUCCESS = "submit_success"


def _ask(request: Any, actor: Actor) -> HttpResponse:
    """Exactly 204, and an address on the host that was asked: then a program asks once and not before each."""
    answer = HttpResponse(status=204)
    answer.headers["Location"] = address(request, "submission")
    del answer.headers["Content-Type"]
    return answer


def _take(request: Any, actor: Actor) -> HttpResponse:
    """201 when this part is safe, new or known: a program calls anything but 201 and 202 a failure."""
    body = receive(request)
    receipt = submit(xml=body.xml, files=body.files, actor=actor, at=request.at)
    answer = document(documents.response(SUCCESS, _sentence(receipt)), status=201)
    answer.headers["Location"] = address(request, "submission")
    return answer


def _sentence(receipt: Receipt) -> str:
    """What is true: all here, some files still to come, or kept for an officer to look at."""
    missing = len(receipt.missing)
    if missing:
        still = ngettext("%(count)d file is still to come.", "%(count)d files are still to come.", missing)
        return f"{gettext('The answers are here.')} {still % {'count': missing}}"
    if receipt.state == "held":
        return gettext("Received. An officer looks at answers that do not fit the form.")
    return gettext("Received by the county.")


submission = openrosa(HEAD=_ask, POST=_take)
