"""What the register already knows of a family, as answers: nobody types a fact twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.kernel.actor import Actor
from mulian.modules.forms.domain.definition import Definition, Kind, Node
from mulian.modules.households import public as households

Facts = Mapping[str, Any]


def prefilled(
    form: Definition, household: UUID, actor: Actor, at: datetime, *, member: UUID | None = None
) -> dict[str, Any]:
    """Answers the writer may read in the register, and defaults of the rest; sensitive ones only for who cares.

    `member`: whom of the family a form about a member asks of.
    """
    home = households.brief([household], actor, at).get(household)
    if home is None:
        return _filled(form.items, {}, [])
    known = households.known(household, actor, at)
    own: dict[str, Any] = {one.code: one.value for one in known if one.subject is None}
    own |= {"household.name": home.called(actor.language), "household.number": home.number}
    people = [
        {one.code: one.value for one in known if one.subject == person.id}
        | {"member.id": str(person.id), "member.name": person.name, "member.born": person.birth_year}
        for person in households.members(household, actor, at)
    ]
    own |= next((person for person in people if person["member.id"] == str(member)), {})
    return _filled(form.items, own, people)


def _filled(nodes: tuple[Node, ...], facts: Facts, people: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        if node.type == Kind.GROUP:
            found[node.name] = _filled(node.children, facts, people)
        elif node.type == Kind.REPEAT:
            rows = people if node.fact == "member" else []
            found[node.name] = [_filled(node.children, person, []) for person in rows]
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
