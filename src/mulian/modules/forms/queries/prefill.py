"""What the register already knows of a family, as answers: nobody types a fact twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.forms.domain.definition import About, Definition, Kind, Node
from mulian.modules.households import public as households

Facts = Mapping[str, Any]


def prefilled(
    form: Definition, household: UUID | None, one: UUID | None, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Answers the writer may read in the register, and defaults of the rest; sensitive ones only for who cares.

    `one`: the member, camp or institution that the form is about.
    """
    if form.about == About.INSTITUTION:
        return _filled(form.items, _premises(one, actor, at), {})
    home = households.brief([household], actor, at).get(household) if household else None
    if home is None or household is None:
        return _filled(form.items, {}, {})
    known = households.known(household, actor, at)
    own: dict[str, Any] = {each.code: each.value for each in known if each.subject is None}
    own |= {"household.name": home.called(actor.language), "household.number": home.number}
    inside = {"member": _people(household, known, actor, at), "camp": _camps(household, known, actor, at)}
    own |= next((row for rows in inside.values() for row in rows if str(one) in row.values()), {})
    return _filled(form.items, own, inside)


def _people(household: UUID, known: list[households.Known], actor: Actor, at: datetime) -> list[Facts]:
    people = households.members(household, actor, at)
    return [
        _of(known, each.id)
        | {"member.id": str(each.id), "member.name": each.name, "member.born": each.birth_year}
        for each in people
    ]


def _camps(household: UUID, known: list[households.Known], actor: Actor, at: datetime) -> list[Facts]:
    camps = households.camps(household, actor, at)
    return [
        _of(known, each.id)
        | {"camp.id": str(each.id), "camp.name": each.name(actor.language) or each.area.name_zh}
        for each in camps
    ]


def _of(known: list[households.Known], one: UUID) -> dict[str, Any]:
    return {each.code: each.value for each in known if each.subject == one}


def _premises(one: UUID | None, actor: Actor, at: datetime) -> Facts:
    found = households.premises(one, actor, at) if one else None
    return {"institution.name": found.called(actor.language), **found.known} if found else {}


def _filled(nodes: tuple[Node, ...], facts: Facts, inside: Mapping[str, list[Facts]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        if node.type == Kind.GROUP:
            found[node.name] = _filled(node.children, facts, inside)
        elif node.type == Kind.REPEAT:
            rows = inside.get(node.fact, [])
            found[node.name] = [_filled(node.children, row, {}) for row in rows]
        elif node.calculation is None:
            found[node.name] = _answer(node, facts.get(node.fact) if node.fact else None)
    return {name: value for name, value in found.items() if value is not None}


def _answer(node: Node, known: Any) -> Any:
    """The register's value in the shape of the question; a default where nothing is known."""
    if known is None:
        return node.default
    if isinstance(known, bool):
        return "yes" if known else "no"
    return str(known) if node.type == Kind.TEXT else known
