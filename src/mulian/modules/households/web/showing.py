"""The register of one household as lines of a page: what is known, how old it is, who may write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext

from mulian.core.access.models import Person
from mulian.core.packs import said as worded
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.domain.catalogue import Item, Label, Of, Type
from mulian.modules.households.domain.sides import may_read, may_write
from mulian.modules.households.domain.titles import SOURCES
from mulian.modules.households.domain.values import Value, said
from mulian.modules.households.models import Household, Member
from mulian.modules.households.models import Item as Row
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import register
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.certificates import of_papers
from mulian.modules.households.queries.register import Known
from mulian.modules.households.queries.standing import standing
from mulian.modules.households.web.forms import LANGUAGES

Key = tuple[str, UUID | None]
SPOKEN = dict(LANGUAGES)


@dataclass(frozen=True)
class Line:
    """One item of the page; `value` empty: unknown."""

    code: str
    subject: UUID | None
    name: str
    whose: str
    value: str
    raw: Value
    as_of: date | None
    stale: bool
    may_write: bool

    @property
    def mark(self) -> str:
        """The element's id."""
        return f"item-{self.code.replace('.', '-')}-{self.subject or 0}"


@dataclass(frozen=True)
class Said:
    """One telling of the history; `counts`: it held on some day."""

    value: str
    since: date
    as_of: date
    recorded_at: datetime
    by: str
    source: str
    counts: bool


@dataclass(frozen=True)
class Heading:
    """A group of lines, how many of them are known and how many stale."""

    name: str
    lines: list[Line]

    @property
    def known(self) -> int:
        return sum(bool(line.value) for line in self.lines)

    @property
    def stale(self) -> int:
        return sum(line.stale for line in self.lines)


class Shown:
    """One household's register for one actor: what they may read of it, and write.

    `day`, `people`: as it was on an earlier day, with whoever belonged to it then.
    """

    def __init__(
        self,
        row: Household,
        actor: Actor,
        at: datetime,
        *,
        day: date | None = None,
        people: Sequence[Member] | None = None,
    ) -> None:
        self.row, self.today = row, day or at.astimezone(CN).date()
        self.people = list(row.members.all()) if people is None else list(people)
        reads = standing([row.id], actor, at)[row.id]
        writes = standing([row.id], actor, at, permission=Permission.CHANGE)[row.id]
        self.cares = bool(standing([row.id], actor, at, permission=Permission.CARE)[row.id])
        self.open = row.closed_at is None
        self.readable = {c: i for c, i in catalogue().items.items() if may_read(i, reads, self.cares)}
        self.writable = {c for c, i in self.readable.items() if self.open and may_write(i, writes)}

    def groups(self) -> list[Heading]:
        """In the catalogue's order; a group nothing is asked of has no heading."""
        known = self._known()
        found: dict[str, list[Line]] = {code: [] for code in catalogue().groups}
        for item in self.readable.values():
            found[item.group] += [self._line(item, subject, known) for subject in self._subjects(item)]
        return [Heading(words(catalogue().groups[code]), lines) for code, lines in found.items() if lines]

    def line(self, code: str, subject: UUID | None) -> Line | None:
        """One line, if the actor may read it and the household has such a member or camp."""
        item = self.readable.get(code)
        if item is None or subject not in self._subjects(item):
            return None
        return self._line(item, subject, self._known())

    def history(self, line: Line) -> list[Said]:
        """Everything told of one line, who knows better first."""
        rows = register.tellings(self.row.id, line.code, line.subject, self.today)
        people = Person.objects.in_bulk({row.telling.by for row in rows})
        return [_said(row, self.readable[line.code], people) for row in rows]

    def _known(self) -> dict[Key, Known]:
        kept = {self.row.id} | {member.household_id for member in self.people}
        found = register.true_on(kept, self.today)
        own = {None} | {camp.id for camp in self.row.camps.all()} | {member.id for member in self.people}
        return {
            (one.code, one.subject): one
            for household, known in found.items()
            for one in known
            if one.subject in own and (one.subject or household == self.row.id)
        }

    def _subjects(self, item: Item) -> list[UUID | None]:
        if item.of == Of.HOUSEHOLD:
            return [None]
        if item.of == Of.CAMP:
            return [camp.id for camp in self.row.camps.all()]
        return [m.id for m in self.people if item.asked_of(m.birth_year, self.today.year)]

    def _line(self, item: Item, subject: UUID | None, known: Mapping[Key, Known]) -> Line:
        one = known.get((item.code, subject))
        return Line(
            code=item.code,
            subject=subject,
            name=words(item.name),
            whose=self.names.get(subject, "") if subject else "",
            value=shown(item, one.value) if one else "",
            raw=one.value if one else None,
            as_of=one.as_of if one else None,
            stale=bool(one and item.stale(one.as_of, self.today)),
            may_write=item.code in self.writable,
        )

    @property
    def names(self) -> dict[UUID, str]:
        """Members and camps by what they are called."""
        language = (get_language() or "").partition("-")[0]
        people = {member.id: member.called(language) for member in self.people}
        return people | {camp.id: camp.name(language) for camp in self.row.camps.all()}


def words(names: Label) -> str:
    return worded(names, get_language() or "zh-hans")


def shown(item: Item, value: Value) -> str:
    """A value in words, with its unit."""
    match item.type:
        case Type.YES_NO:
            return gettext("Yes") if value else gettext("No")
        case Type.CHOICE:
            return words(item.choices[str(value)]) if value in item.choices else str(value)
        case Type.COUNT | Type.NUMBER:
            number = f"{value:,}" if isinstance(value, int | float) else str(value)
            return f"{number} {words(item.unit)}" if item.unit else number
    return str(value)


def _said(row: Row, item: Item, people: Mapping[UUID, Person]) -> Said:
    value = said(item, row.amount, row.word)
    person = people.get(row.telling.by)
    return Said(
        value=gettext("not known") if value is None else shown(item, value),
        since=row.valid_from,
        as_of=row.as_of,
        recorded_at=row.telling.recorded_at,
        by=person.name if person else gettext("Mulian"),
        source=gettext(SOURCES[row.telling.source]),
        counts=row.valid_to is None or row.valid_to > row.valid_from,
    )


def needs_of(row: Household, names: Mapping[UUID, str], today: date) -> Iterator[dict[str, Any]]:
    """The needs that hold, with the plan told last; `late`: its day of review has come."""
    found = register.needs([row.id], today).get(row.id, [])
    asked = {need.consent_by for need in found} - set(names)
    left = Member.unscoped.because("who agreed may have left since").in_bulk(sorted(asked, key=str))
    language = (get_language() or "").partition("-")[0]
    agreed = {**{id: member.called(language) for id, member in left.items()}, **names}
    for need in found:
        plan = next(reversed(list(need.plans.all())), None)
        kind = catalogue().needs[need.code]
        yield {
            "row": need,
            "name": words(kind.name),
            "purpose": words(kind.purpose),
            "whose": names.get(need.member, "") if need.member else "",
            "agreed": agreed.get(need.consent_by, ""),
            "language": SPOKEN.get(need.consent_language, ""),
            "plan": plan,
            "late": bool(plan and plan.review_on <= today),
            "overdue": bool(plan and plan.done_on is None and plan.due and plan.due < today),
        }


def papers_of(
    row: Household, names: Mapping[UUID, str], cares: bool, today: date
) -> Iterable[dict[str, Any]]:
    """The papers as last seen; `over`: no longer valid; `kept`: what was confirmed of one, for those who help."""
    held = register.papers([row.id], today).get(row.id, [])
    kept = of_papers([paper.id for paper in held], today) if cares else {}
    for paper in held:
        kind = catalogue().documents[paper.code]
        if cares or not kind.sensitive:
            yield {
                "row": paper,
                "name": words(kind.name),
                "whose": names.get(paper.member, "") if paper.member else "",
                "over": bool(paper.valid_to and paper.valid_to < today),
                "kept": kept.get(paper.id),
            }
