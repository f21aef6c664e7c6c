"""What a family of the table would change in the register: before and after, field by field, nothing taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from mulian.modules.households.domain.catalogue import Catalogue, Of
from mulian.modules.households.domain.importing.reading import Entry, Group
from mulian.modules.households.domain.importing.spelling import Spelling, plain
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.domain.values import Value

Said = str | int | float | bool | None
DETAILS = ("name", "name_bo", "phone", "language")


@dataclass(frozen=True)
class KnownMember:
    """A member as the register has it."""

    id: UUID
    name: str
    name_bo: str
    birth_year: int | None
    relation: str
    phone: str


@dataclass(frozen=True)
class KnownFamily:
    """A family as the register has it; `facts`: (member or None, item) → value."""

    id: UUID
    details: Mapping[str, str]
    members: tuple[KnownMember, ...]
    facts: Mapping[tuple[UUID | None, str], Value] = field(default_factory=dict)
    number: str = ""


@dataclass(frozen=True)
class Change:
    """`what`: a target; `line`: where the table says it; `member`: whom it is about, None for the household or somebody
    new (then `added`, and all of one line are one person).
    """

    what: str
    line: int
    before: Said
    after: Said
    who: str = ""
    member: UUID | None = None
    added: bool = False

    def shown(self) -> list[Said]:
        """As it is kept for the page, and compared with when it is applied."""
        return [self.what, self.line, self.who, self.before, self.after]


def changes(
    group: Group, known: KnownFamily, catalogue: Catalogue, spelling: Spelling, writes: Callable[[str], bool]
) -> list[Change]:
    """All that differs. `writes`: whether the one who brings the table keeps an item of this family."""
    found = list(_details(group, known))
    for code, value in group.facts(catalogue).items():
        if writes(code) and known.facts.get((None, code)) != value:
            found.append(Change(code, group.first, known.facts.get((None, code)), value))
    for entry in group.people:
        found += _person(entry, known, catalogue, spelling, writes)
    return found


def _details(group: Group, known: KnownFamily) -> Iterator[Change]:
    for name in DETAILS:
        after = group.name(name) if name in ("name", "name_bo") else group.field(f"household.{name}")
        before = known.details.get(name, "")
        if after and after != before and not (name == "name" and plain(after) == plain(before)):
            yield Change(f"household.{name}", group.first, before, after)


def _person(
    entry: Entry, known: KnownFamily, catalogue: Catalogue, spelling: Spelling, writes: Callable[[str], bool]
) -> Iterator[Change]:
    member = _found(entry, known, spelling)
    if member is None and "member.name" not in entry.fields:
        return
    who = member.name if member else entry.fields["member.name"]
    held = dict(vars(member)) if member else {}
    id, added = (member.id if member else None), member is None
    for name in ("name", "name_bo", "birth_year", "relation", "phone"):
        text = entry.fields.get(f"member.{name}")
        after: Said = entry.year() if name == "birth_year" else text
        before = held.get(name)
        if (
            after
            and after != before
            and not (name == "name" and member and plain(str(after)) == plain(member.name))
        ):
            yield Change(f"member.{name}", entry.line, before or None, after, who, id, added)
    for code, value in entry.facts.items():
        if catalogue.items[code].of == Of.MEMBER and writes(code):
            now = known.facts.get((id, code)) if id else None
            if now != value:
                yield Change(code, entry.line, now, value, who, id, added)


def _found(entry: Entry, known: KnownFamily, spelling: Spelling) -> KnownMember | None:
    """The member this line is about: the same name in a script, the one with the same year before others; the head."""
    told = {
        spelling.key(entry.fields[name]) for name in ("member.name", "member.name_bo") if name in entry.fields
    }
    year = entry.year()
    fitting = [
        member
        for member in known.members
        if told & {spelling.key(name) for name in (member.name, member.name_bo) if name}
        and not (year and member.birth_year and abs(year - member.birth_year) > 1)
    ]
    if len(fitting) > 1:
        fitting = [m for m in fitting if m.birth_year == year] or fitting
    if not fitting and entry.fields.get("member.relation") == Relation.HEAD:
        fitting = [m for m in known.members if m.relation == Relation.HEAD and m.birth_year == year and year]
    return fitting[0] if fitting else None
