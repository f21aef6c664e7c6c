"""What the cells of one line say, by their column's meaning; a cell that makes no sense is named, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mulian.modules.households.domain.catalogue import Catalogue, Item, Of, Type
from mulian.modules.households.domain.importing.columns import folded
from mulian.modules.households.domain.importing.spelling import by_script
from mulian.modules.households.domain.members import OLDEST_BIRTH_YEAR, Relation
from mulian.modules.households.domain.values import NotAValue, Value, kept, said

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?=(?:\d{2}|\d{4})?(?!\d))")
"""A year, a year with month, or with month and day; 19204, a day as a program counts days, is none of them."""
_PHONE = re.compile(r"[^\d+]")
_TWICE = ("household.name", "member.name")
"""Names that offices write in both scripts in one cell."""
_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_NAMES = {"household.name": 60, "member.name": 60, "household.name_bo": 120, "member.name_bo": 120}


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken: its column (None: the line as a whole) and a Problem's code."""

    column: int | None
    code: str


@dataclass
class Entry:
    """One line, read. `fields`: target → text or year; `facts`: item → value; what was empty is not there."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Value] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def year(self) -> int | None:
        return int(self.fields["member.birth_year"]) if "member.birth_year" in self.fields else None


@dataclass(frozen=True)
class Reader:
    """`words`: folded word → what it answers (`relation.head`, `yes`, `language.bo`); `villages`: folded name or code
    → codes that bear it; `grids` the same below a village.
    """

    mapping: Mapping[int, str]
    catalogue: Catalogue
    words: Mapping[str, frozenset[str]]
    villages: Mapping[str, frozenset[str]]
    grids: Mapping[str, frozenset[str]]
    today: date

    def read(self, line: int, cells: Mapping[int, str]) -> Entry:
        """One line of the table. Empty cells leave what is known as it is."""
        entry = Entry(line)
        for column, target in sorted(self.mapping.items()):
            text = cells.get(column, "").strip()
            if not text:
                continue
            try:
                self._take(entry, target, text)
            except NotAValue as wrong:
                entry.faults.append(Fault(column, str(wrong)))
        for what in _TWICE:
            _part(entry, what)
        self._place(entry)
        return entry

    def _take(self, entry: Entry, target: str, text: str) -> None:
        item = self.catalogue.items.get(target)
        if item is not None:
            entry.facts[target] = self._value(item, text)
        else:
            entry.fields[target] = self._field(target, text)

    def _field(self, target: str, text: str) -> str:
        if target in _NAMES:
            return _short(text, _NAMES[target])
        match target:
            case "member.birth_year":
                return self._year(text)
            case "member.relation":
                return self._word("relation.", text, "households.import_relation")
            case "household.language":
                return self._word("language.", text, "households.import_language")
            case "household.phone" | "member.phone":
                return _phone(text)
        return text

    def _year(self, text: str) -> str:
        found = _YEAR.search(text)
        if found is None or not OLDEST_BIRTH_YEAR <= int(found[0]) <= self.today.year:
            raise NotAValue("households.import_year")
        return found[0]

    def _word(self, kind: str, text: str, wrong: str) -> str:
        codes = [code for code in self.words.get(folded(text), ()) if code.startswith(kind)]
        if len(codes) != 1:
            raise NotAValue(wrong)
        return codes[0].removeprefix(kind)

    def _value(self, item: Item, text: str) -> Value:
        """The value as the register says it, so that it can be compared with what is known."""
        try:
            stored = kept(item, self._meant(item, text))
        except NotAValue:
            raise NotAValue("households.import_value") from None
        return said(item, stored.amount, stored.word)

    def _meant(self, item: Item, text: str) -> Value:
        match item.type:
            case Type.YES_NO:
                codes = self.words.get(folded(text) or text, frozenset()) & {"yes", "no"}
                return next(iter(codes)) if len(codes) == 1 else text
            case Type.CHOICE:
                named = {
                    folded(name): code for code, names in item.choices.items() for name in names.values()
                }
                return text if text in item.choices else named.get(folded(text), text)
            case Type.DATE:
                found = _DAY.match(text)
                return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else text
            case Type.COUNT | Type.NUMBER:
                return self._number(item, text)
        return text

    def _number(self, item: Item, text: str) -> str:
        """A figure without the measure behind it and the marks between thousands."""
        for measure in (*(item.unit or {}).values(), *self.measures):
            text = text.removesuffix(measure).strip()
        return text.replace(",", "")

    @cached_property
    def measures(self) -> list[str]:
        """Words of measure, longest first."""
        return sorted((word for word, codes in self.words.items() if "unit" in codes), key=len, reverse=True)

    def _place(self, entry: Entry) -> None:
        """Names of places become codes; a name that two bear is not a place."""
        for target, known in (("household.village", self.villages), ("household.grid", self.grids)):
            text = entry.fields.get(target)
            if text is None:
                continue
            codes = known.get(folded(text), frozenset())
            if target == "household.grid" and len(codes) > 1:
                codes = frozenset(
                    c for c in codes if c.startswith(entry.fields.get("household.village", "-"))
                )
            if len(codes) == 1:
                entry.fields[target] = next(iter(codes))
            else:
                del entry.fields[target]
                entry.faults.append(Fault(self._column(target), "households.import_place"))

    def _column(self, target: str) -> int | None:
        return next((column for column, meant in self.mapping.items() if meant == target), None)


def _part(entry: Entry, what: str) -> None:
    """A cell with the name in both scripts is two names; a column of its own for the Tibetan one holds."""
    name, tibetan = by_script(entry.fields.get(what, ""))
    if name and tibetan:
        entry.fields[what] = name
        entry.fields.setdefault(f"{what}_bo", tibetan)


def _phone(text: str) -> str:
    digits = _PHONE.sub("", text)
    if not 5 <= len(digits) <= 20:
        raise NotAValue("households.import_phone")
    return digits


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise NotAValue("households.import_name")
    return text


@dataclass
class Group:
    """The lines of one family, first to last."""

    lines: list[Entry]

    @property
    def first(self) -> int:
        return self.lines[0].line

    def field(self, target: str) -> str:
        """The first line that says it."""
        return next((line.fields[target] for line in self.lines if target in line.fields), "")

    @property
    def head(self) -> Entry | None:
        return next(
            (line for line in self.lines if line.fields.get("member.relation") == Relation.HEAD), None
        )

    def name(self, target: str) -> str:
        """The household's name: said for itself, else the head's."""
        if own := self.field(f"household.{target}"):
            return own
        return self.head.fields.get(f"member.{target}", "") if self.head else ""

    def facts(self, catalogue: Catalogue) -> dict[str, Value]:
        """Facts of the household itself."""
        found: dict[str, Value] = {}
        for line in self.lines:
            for code, value in line.facts.items():
                if catalogue.items[code].of == Of.HOUSEHOLD:
                    found.setdefault(code, value)
        return found

    @property
    def people(self) -> list[Entry]:
        return [
            line for line in self.lines if "member.name" in line.fields or "member.name_bo" in line.fields
        ]


def grouped(entries: list[Entry]) -> list[Group]:
    """Lines of one number are one family, and those that stand under each other and say the same family or none."""
    groups: list[Group] = []
    numbered: dict[str, Group] = {}
    for entry in entries:
        number = entry.fields.get("household.number", "")
        group = numbered.get(number) or (groups[-1] if groups and _same_family(groups[-1], entry) else None)
        if group is None:
            groups.append(group := Group([]))
        group.lines.append(entry)
        if number:
            numbered[number] = group
    return groups


def _same_family(group: Group, entry: Entry) -> bool:
    told = entry.fields
    if told.get("household.number") or told.get("member.relation") == Relation.HEAD:
        return False
    name = told.get("household.name")
    if name is None:
        return "member.name" in told or "member.name_bo" in told
    return name == group.field("household.name") and (
        told.get("household.village") in (None, group.field("household.village")) and "member.name" in told
    )
