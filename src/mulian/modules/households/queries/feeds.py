"""The departments' feeds of this installation (`MULIAN_FEEDS`), and how each went last."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from mulian.core.access import scope
from mulian.core.areas.queries import root
from mulian.kernel.actor import Actor
from mulian.modules.households.domain.feeds import FeedSource, feed
from mulian.modules.households.models import Feed
from mulian.modules.households.permissions import Permission


@dataclass(frozen=True)
class Standing:
    """A feed and its last result, None before the first."""

    feed: FeedSource
    last: Feed | None


def feeds() -> dict[str, FeedSource]:
    """name → feed. Raises NotAFeed for settings that describe none."""
    county = root()
    area = county.code if county else ""
    return {name: feed(name, row, area) for name, row in settings.MULIAN_FEEDS.items()}


def standings(actor: Actor) -> list[Standing]:
    """Those of the areas the actor brings tables for."""
    held = [posting.area for posting in scope.granting(actor, Permission.IMPORT)]
    last = Feed.objects.in_bulk()
    return [
        Standing(one, last.get(one.name))
        for one in feeds().values()
        if any(one.area.startswith(area) for area in held)
    ]
