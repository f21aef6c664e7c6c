"""Finds the modules. A module is a pip entry point in the group `mulian.modules`; nothing central lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.metadata import entry_points
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from mulian.core.registry.descriptor import (
    CommandKind,
    Handler,
    Module,
    NavItem,
    Offer,
    Retention,
    Syncable,
    Timer,
)
from mulian.kernel.actor import Actor, Role
from mulian.kernel.quiet import NIGHT, QuietHours

__all__ = [
    "CommandKind", "Handler", "Module", "NavItem", "Offer", "Retention", "Syncable", "Timer",
    "about", "also", "commands", "grants", "handlers", "handlers_of", "hanging", "modules", "offers", "opener", "quiet",
    "resolve", "retentions", "syncables", "timers", "undoings",
]  # fmt: skip


@cache
def resolve(path: str) -> Callable[..., Any]:
    """The function or class behind a dotted path `package.module.name`."""
    found: Callable[..., Any] = import_string(path)
    return found


_also: list[Module] = []


@cache
def modules() -> tuple[Module, ...]:
    """All installed modules, by name."""
    found = [point.load() for point in entry_points(group="mulian.modules")]
    return tuple(sorted([*found, *_also], key=lambda module: module.name))


@contextmanager
def also(module: Module) -> Iterator[None]:
    """Adds a module for a while: for the tests of what the registry drives."""
    _also.append(module)
    _forget()
    try:
        yield
    finally:
        _also.remove(module)
        _forget()


def _forget() -> None:
    for cached in (modules, grants, commands, syncables, handlers, opener, quiet, timers):
        cached.cache_clear()


@cache
def grants() -> Mapping[Role, frozenset[str]]:
    """role → every permission any module grants it."""
    table: dict[Role, frozenset[str]] = {role: frozenset() for role in Role}
    for module in modules():
        for role, permissions in module.grants.items():
            table[role] |= permissions
    return table


@cache
def commands() -> Mapping[str, CommandKind]:
    return {kind.kind: kind for module in modules() for kind in module.commands}


@cache
def syncables() -> tuple[Syncable, ...]:
    found = [s for module in modules() for s in module.syncables]
    return tuple(sorted(found, key=lambda s: (s.order, s.kind)))


@cache
def handlers() -> tuple[Handler, ...]:
    return tuple(h for module in modules() for h in module.handlers)


def handlers_of(event: str) -> tuple[Handler, ...]:
    return tuple(h for h in handlers() if event in h.events)


@cache
def opener() -> Callable[[str, bytes], tuple[Any, bytes]]:
    """What opens sealed files; a server without it is not a server for phones."""
    return resolve(next(module.opener for module in modules() if module.opener))


@cache
def quiet() -> Callable[[], QuietHours]:
    """What knows the county's quiet hours; without it they are 22:00 to 07:00."""
    found = next((module.quiet for module in modules() if module.quiet), None)
    return resolve(found) if found else lambda: NIGHT


def offers(kind: str) -> list[Offer]:
    """What other modules offer to do with a subject of this kind; who may is asked by whoever shows them."""
    found = [offer for module in modules() for offer in module.offers if offer.kind == kind]
    return [offer for offer in found if resolve(offer.when)()]


def hanging(kind: str, id: UUID, actor: Actor, at: datetime) -> list[tuple[str, int]]:
    """What is under way about a subject in all modules, in words, as far as the actor may see it."""
    return [
        pair
        for module in modules()
        if module.hanging
        for pair in resolve(module.hanging)(kind, id, actor, at)
    ]


def about(kind: str, id: UUID, actor: Actor, at: datetime) -> tuple[str, UUID] | None:
    """What a subject of this kind is about, if anything; raises `not_found` where the actor may not see it."""
    path = next((module.about[kind] for module in modules() if kind in module.about), None)
    found: tuple[str, UUID] | None = resolve(path)(id, actor, at) if path else None
    return found


@cache
def timers() -> tuple[Timer, ...]:
    return tuple(t for module in modules() for t in module.timers)


def undoings() -> Mapping[str, str]:
    """Events that a restored database must not have forgotten, and what does them again."""
    return {name: path for module in modules() for name, path in module.again.items()}


def retentions() -> tuple[Retention, ...]:
    """Every rule of what is kept only so long, by name."""
    found = [rule for module in modules() for rule in module.retentions]
    return tuple(sorted(found, key=lambda rule: rule.rule))
