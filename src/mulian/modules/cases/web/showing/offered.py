"""What other modules offer to do with a subject, for whoever may: the way to them without knowing them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext

from mulian.core import registry
from mulian.core.access import scope
from mulian.kernel.actor import Actor


def offered(kind: str, id: UUID, actor: Actor) -> list[tuple[str, str]]:
    """(address, words) of each page there is."""
    found = [each for each in registry.offers(kind) if scope.permitted(actor, each.permission)]
    return [(each.url.format(id=id), gettext(each.title)) for each in found]
