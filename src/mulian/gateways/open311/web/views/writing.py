"""POST: requests and updates, by programs that hold a key."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from mulian.gateways.open311.actions import requesting, updating
from mulian.gateways.open311.domain.answering import Listing
from mulian.gateways.open311.domain.asking import one
from mulian.gateways.open311.domain.refusals import CODE_NEEDED
from mulian.gateways.open311.queries import keys
from mulian.gateways.open311.web.answer import api_key, given
from mulian.kernel.problems import Problem

MARK = 200


def post_request(request: Any, **_: Any) -> Listing:
    """A new request: its number, or a token where the service is one of those that are read first."""
    form = given(request)
    key = keys.live(api_key(form))
    code = one(form, "service_code")
    if not code:
        raise Problem(CODE_NEEDED)
    again = request.headers.get("Idempotency-Key", "")[:MARK]
    row = requesting.request(key=key, given={**form, "service_code": [code]}, again=again, at=request.at)
    known = {"token": row.token} if row.token else {"service_request_id": row.number}
    notice = gettext("Keep this number: it tells how far it is.")
    return Listing("service_requests", [{**known, "service_notice": notice, "account_id": None}])


def post_update(request: Any, **_: Any) -> Listing:
    """Something new about a request of one's own."""
    form = given(request)
    done = updating.update(key=keys.live(api_key(form)), given=form, at=request.at)
    return Listing("service_request_updates", [{"update_id": str(done.id)}])
