"""The navigation of one person: what the modules offer, cut to the permissions of the duties held now."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from mulian.core.registry import NavItem, grants, modules, resolve
from mulian.kernel.actor import Actor

GROUPS = (30, 40, 60)
"""Orders at which a new group begins: daily work, families, what goes outside, how the county is set up."""


@dataclass(frozen=True)
class Entry:
    """One link of the navigation; `key` names its live count, empty when it has none.

    `begins`: the first of a group, set off from what stands above.
    """

    title: str
    href: str
    icon: str
    key: str
    here: bool
    begins: bool = False


def permissions(actor: Actor) -> frozenset[str]:
    """All permissions of the actor's current duties, wherever they hold."""
    table = grants()
    return frozenset().union(*(table[role] for role in actor.roles))


def entries(actor: Actor, path: str = "") -> list[Entry]:
    """The links this actor may follow, in the modules' order; `path` marks the current one."""
    shown = [(item, _href(item)) for item in _permitted(actor)]
    links = [(item, href) for item, href in shown if href]
    here = max((href for _, href in links if path.startswith(href)), key=len, default="")
    groups = [bisect_right(GROUPS, item.order) for item, _ in links]
    begins = (
        [before != group for before, group in zip([groups[0], *groups], groups, strict=False)]
        if links
        else []
    )
    return [
        Entry(item.title, href, item.icon or "chevron-right", _key(item), href == here, first)
        for (item, href), first in zip(links, begins, strict=True)
    ]


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    """The live numbers beside the links, by key."""
    return {_key(item): int(resolve(item.count)(actor, at)) for item in _permitted(actor) if item.count}


def _permitted(actor: Actor) -> list[NavItem]:
    held = permissions(actor)
    items = [item for module in modules() for item in module.navigation if item.permission in held]
    return sorted(items, key=lambda item: (item.order, item.title))


def _key(item: NavItem) -> str:
    return item.url.strip("/").replace("/", "-").replace(":", "-") if item.count else ""


def _href(item: NavItem) -> str:
    """A path as it is, a URL name resolved; empty when that page is not installed."""
    if item.url.startswith("/"):
        return item.url
    try:
        return reverse(item.url)
    except NoReverseMatch:
        return ""
