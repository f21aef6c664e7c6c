"""A person lets words, and perhaps one picture or voice, of a public case out; or takes them back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.files.queries import attached
from mulian.gateways.open311.domain.requesting import DESCRIPTION, cleaned
from mulian.gateways.open311.events import WordsReleased
from mulian.gateways.open311.models import Release
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries.feed import is_public
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.cases import public as cases

NOT_PUBLIC = register(
    "open311.not_public", 422, "This case is not in the public list.", "Only public cases can say more there."
)
NOT_ITS_OWN = register(
    "open311.not_its_own",
    422,
    "This picture or voice does not belong to the case.",
    "Choose one of the case's own.",
)
TOO_MUCH = register(
    "open311.too_much", 422, "The words are longer than 4,000 characters.", "Make them shorter."
)


@transaction.atomic
def release(*, case: UUID, text: str, actor: Actor, at: datetime, sha256: str = "") -> Release:
    """From now on the public list says this of the case; nothing at all takes it back. Raises `not_found`,
    `open311.not_public`, `open311.not_its_own`, `open311.too_much`.
    """
    scope.require_any(actor, Permission.RELEASE)
    if case not in cases.brief([case], actor, at):
        raise Problem("not_found")
    words = cleaned(text)
    if len(words) > DESCRIPTION:
        raise Problem(TOO_MUCH)
    if is_public(case, at) is None:
        raise Problem(NOT_PUBLIC)
    if sha256 and sha256 not in releasable(case):
        raise Problem(NOT_ITS_OWN)
    row, _ = Release.objects.update_or_create(
        case=case, defaults={"text": words, "sha256": sha256, "by": actor.person, "at": at}
    )
    append(WordsReleased(subject_id=case, text=words, sha256=sha256), actor=actor, at=at)
    return row


def releasable(case: UUID) -> dict[str, str]:
    """sha256 → kind of content (image/…, audio/…) of what is whole and checked."""
    found = attached(subject_kind="case", subject_id=case)
    return {each.sha256: each.mime for each in found if each.state == "ready"}
