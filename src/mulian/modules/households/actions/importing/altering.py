"""Changes a known household by what a table says, through the ordinary action, and notes what takes it back."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID, uuid5

from mulian.core.database.batch import attempt
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.actions.changing import Details, update_household
from mulian.modules.households.actions.telling import Fact
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.domain.importing.planning import Change
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.models import Household, Import, ImportLine, Item, Member

WHY = "what a brought table changed is noted, so that it can be taken back"
State = ImportLine.State


def alter_family(row: Import, line: ImportLine, plan: list[Change], by: Actor, at: datetime) -> None:
    """Inside the caller's transaction. A family the writer may not change any more is left, and said so."""
    if line.household is None:
        return
    try:
        before = _before(locked(line.household), plan)
        last = _last_item(line.household)
        with attempt():
            rev = update_household(
                household=line.household,
                details=_details(plan),
                members=_members(line.household, plan),
                facts=_facts(line.household, plan, row),
                source=Source(row.known_by),
                actor=by,
                at=at,
            )
    except Problem as problem:
        line.state, line.faults = State.LEFT, [*line.faults, [None, problem.code]]
        return
    line.state = State.APPLIED
    line.undo = {**before, "rev": rev, "items": _items_after(line.household, last)}


def _details(plan: list[Change]) -> Details:
    given = {c.what.removeprefix("household."): str(c.after) for c in plan if c.what.startswith("household.")}
    return Details(**given)


def _members(household: UUID, plan: list[Change]) -> list[MemberChange]:
    """One change a person; somebody new gets an id that follows from household and line."""
    values: defaultdict[UUID, dict[str, object]] = defaultdict(dict)
    for change in plan:
        if change.what.startswith("member."):
            id = change.member or new_member(household, change.line)
            values[id][change.what.removeprefix("member.")] = change.after
    return [
        MemberChange(
            id=id,
            name=_text(v.get("name")),
            name_bo=_text(v.get("name_bo")),
            birth_year=v["birth_year"] if isinstance(v.get("birth_year"), int) else None,  # type: ignore[arg-type]
            relation=Relation(str(v["relation"])) if v.get("relation") else None,
            phone=_text(v.get("phone")),
        )
        for id, v in values.items()
    ]


def new_member(household: UUID, line: int) -> UUID:
    return uuid5(household, f"brought:{line}")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _facts(household: UUID, plan: list[Change], row: Import) -> list[Fact]:
    """What is told of somebody new is told of the one just written."""
    return [
        Fact(
            code=c.what,
            value=c.after,
            member=c.member or (new_member(household, c.line) if c.added else None),
            as_of=row.as_of,
        )
        for c in plan
        if not c.what.startswith(("household.", "member."))
    ]


def _before(household: Household, plan: list[Change]) -> dict[str, object]:
    details = {
        c.what.removeprefix("household."): c.before or "" for c in plan if c.what.startswith("household.")
    }
    ids = {c.member for c in plan if c.member and c.what.startswith("member.")}
    names = ("name", "name_bo", "birth_year", "relation", "phone")
    held = Member.unscoped.because(WHY).filter(id__in=ids)
    members = {str(member.id): {name: getattr(member, name) for name in names} for member in held}
    added = {str(new_member(household.id, c.line)) for c in plan if c.added}
    return {"details": details, "members": members, "added": sorted(added)}


def _last_item(household: UUID) -> int:
    rows = Item.unscoped.because(WHY).filter(household=household).order_by("-id")
    return rows.values_list("id", flat=True).first() or 0


def _items_after(household: UUID, last: int) -> list[int]:
    """The household's row is locked, so these are the table's own."""
    rows = Item.unscoped.because(WHY).filter(household=household, id__gt=last)
    return list(rows.order_by("id").values_list("id", flat=True))
