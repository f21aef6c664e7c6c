"""What a department's feed is: where it lies, who gives it, what for, how often; as the settings say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mulian.kernel.refused import refused_in
from mulian.modules.households.domain.catalogue import Source


class NotAFeed(ValueError):
    """The settings do not describe a feed; the message says what is missing."""


@dataclass(frozen=True)
class FeedSource:
    """`place`: a folder or an https address; `token` opens the address; `inside`: private networks it may lie in.

    `by_itself`: what is certain is taken over at once; else, and always when something is doubtful, a person looks.
    """

    name: str
    title: str
    place: str
    source: str
    purpose: str
    area: str
    known_by: Source
    every: timedelta
    token: str = ""
    inside: tuple[str, ...] = ()
    by_itself: bool = False

    @property
    def remote(self) -> bool:
        return self.place.startswith("https://")


def feed(name: str, row: Mapping[str, Any], area: str) -> FeedSource:
    """One entry of `MULIAN_FEEDS`; `area` where it names none. Raises NotAFeed.

    A body that watches is no source (BOUNDARIES), whatever it offers.
    """
    missing = [key for key in ("place", "source", "purpose") if not str(row.get(key, "")).strip()]
    if missing:
        raise NotAFeed(f"{name}: {', '.join(missing)} missing")
    refused = refused_in(f"{row['source']} {row.get('title', '')} {row['purpose']}")
    if refused:
        raise NotAFeed(f"{name}: {refused} is no source of Mulian")
    place = str(row["place"])
    if "://" in place and not place.startswith("https://"):
        raise NotAFeed(f"{name}: the address must be https")
    return FeedSource(
        name=name,
        title=str(row.get("title", name)),
        place=place,
        source=str(row["source"])[:60],
        purpose=str(row["purpose"])[:200],
        area=str(row.get("area", area)),
        known_by=Source(row.get("known_by", Source.OFFICE)),
        every=timedelta(hours=float(row.get("every_hours", 24))),
        token=str(row.get("token", "")),
        inside=tuple(row.get("inside", ())),
        by_itself=bool(row.get("by_itself", False)),
    )
