"""An update from outside joins the words of the case it is about; it never moves the case itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from mulian.gateways.open311.actions.requesting import LANGUAGE
from mulian.gateways.open311.domain.asking import Given, one
from mulian.gateways.open311.domain.refusals import (
    BAD_STATUS,
    NO_REQUEST,
    REQUEST_NEEDED,
    SAY_SOMETHING,
    TOO_LONG,
)
from mulian.gateways.open311.domain.requesting import DESCRIPTION, cleaned, sameness
from mulian.gateways.open311.models import Incoming, Key, Update
from mulian.gateways.open311.queries.keys import adder
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases import public as cases

FINISHED = frozenset({"closed", "fixed", "duplicate", "no_further_action", "not_councils_responsibility"})
NAME = 64


@dataclass(frozen=True)
class Updated:
    """What was taken, and the id it has here."""

    id: UUID
    number: str


@transaction.atomic
def update(*, key: Key, given: Given, at: datetime) -> Updated:
    """Only about the program's own requests; the same update_id again changes nothing. Raises Problems of
    `domain.refusals`.
    """
    number = one(given, "service_request_id")
    if not number:
        raise Problem(REQUEST_NEEDED)
    key = Key.objects.select_for_update().get(id=key.id)
    about = Incoming.objects.filter(key=key, number=number).first()
    if about is None:
        raise Problem(NO_REQUEST)
    name = one(given, "update_id")[:NAME] or sameness(given)
    known = Update.objects.filter(key=key, case=about.id, name=name).first()
    if known is not None:
        return Updated(known.id, number)
    cases.add(case=about.id, actor=adder(key, about.id), at=at, text=_words(given))
    made = Update.objects.create(id=uuid7(at), key=key, case=about.id, name=name, received_at=at)
    return Updated(made.id, number)


def _words(given: Given) -> str:
    """The description, and a line when the sender holds the matter closed: whether it is, the family decides."""
    description, status = cleaned(one(given, "description")), one(given, "status").lower()
    if len(description) > DESCRIPTION - 200:
        raise Problem(TOO_LONG)
    if status and not (len(status) <= NAME and status.replace("_", "").isalpha()):
        raise Problem(BAD_STATUS)
    with override(LANGUAGE):
        closed = gettext("The sender says it is finished.") if status in FINISHED else ""
    words = "\n".join(filter(None, (description, closed)))
    if not words:
        raise Problem(SAY_SOMETHING)
    return words
