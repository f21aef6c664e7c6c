"""The words of the register, sent once to a phone and looked up there: groups, items, needs, documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.households.domain.catalogue import Item, Label, Of, Side
from mulian.modules.households.events import CATALOGUE
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.certificates import CertificateKind, kinds
from mulian.modules.households.syncables.rendering import holds_households

REV = 1
"""Always the same: a phone takes a `put` of its own revision, and the newest put is the truth."""
ALL_AGES = (0, 120)
HOME = ("zh", "bo")
"""What a phone is turned to and fro between without network; English goes only to whoever reads it."""


def visible_catalogue(actor: Actor, at: datetime) -> list[UUID]:
    """Whoever holds households holds the words."""
    return [CATALOGUE] if holds_households(actor) else []


def render_catalogue(
    ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """The catalogue in the county's languages, so that its words follow the phone when it is switched."""
    wanted = CATALOGUE in set(ids) and holds_households(actor)
    return {CATALOGUE: (REV, _data(actor.language))} if wanted else {}


def camera(kind: CertificateKind) -> dict[str, Any]:
    """How a paper is photographed: what is covered on each of its sides, and `of` where it is a member's own."""
    data: dict[str, Any] = {"sides": [page.cover for page in kind.layout.pages]}
    return data | ({"of": kind.document.of.value} if kind.document.of != Of.HOUSEHOLD else {})


def _data(language: str) -> dict[str, Any]:
    held = catalogue()
    spoken = (*HOME, "en") if language == "en" else HOME

    def label(names: Label) -> dict[str, str]:
        return {code: names[code] for code in spoken if names.get(code)}

    def item(entry: Item) -> dict[str, Any]:
        data: dict[str, Any] = {
            "label": label(entry.name),
            "group": entry.group,
            "type": entry.type.value,
            "months": entry.months,
        }
        if entry.owner != Side.RESIDING:
            data["owner"] = entry.owner.value
        if entry.of != Of.HOUSEHOLD:
            data["of"] = entry.of.value
        if entry.unit:
            data["unit"] = label(entry.unit)
        if entry.choices:
            data["choices"] = {code: label(names) for code, names in entry.choices.items()}
        if entry.ages != ALL_AGES:
            data["ages"] = entry.ages
        return data

    return {
        "groups": {code: label(names) for code, names in held.groups.items()},
        "items": {code: item(entry) for code, entry in held.items.items()},
        "needs": {code: label(kind.name) for code, kind in held.needs.items()},
        "documents": {code: label(kind.name) for code, kind in held.documents.items()},
        "cameras": {code: camera(kind) for code, kind in kinds().items()},
    }
