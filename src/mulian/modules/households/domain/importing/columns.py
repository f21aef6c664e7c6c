"""What a column of a table means: suggested by its heading, decided by a person; what is refused has none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mulian.kernel.refused import refused_in
from mulian.modules.households.domain.catalogue import Catalogue, Of

FIELDS = (
    "household.number", "household.name", "household.name_bo", "household.phone", "household.language",
    "household.village", "household.grid", "member.name", "member.name_bo", "member.birth_year",
    "member.relation", "member.phone",
)  # fmt: skip
"""What is written about every family, beside the items of the catalogue."""
HEAD_LINES = 12
"""Headings stand among these first lines."""
_NOISE = re.compile(r"[\s（(].*?[)）]|[\s:：*＊/、,，._-]+")
_IDENTITY = re.compile(
    "身份证|证件号|公民身份|ཐོབ་ཐང་ལག་ཁྱེར|identity (card|number)|id (card|number|no)", re.IGNORECASE
)


@dataclass(frozen=True)
class Heading:
    """One column's heading, and the word for which it is refused (empty: it is not)."""

    column: int
    title: str
    refused: str = ""


def targets(catalogue: Catalogue) -> list[str]:
    """Everything a column may mean. Facts of camps do not come by table: a camp is where the family says it is."""
    return [*FIELDS, *(item.code for item in catalogue.items.values() if item.of != Of.CAMP)]


def headings(lines: Sequence[Sequence[str]], first: int, last: int) -> list[Heading]:
    """The headings of lines `first` to `last` (from 0, both included); what stands in several lines is joined."""
    width = max((len(line) for line in lines), default=0)
    titles = [
        _title([line[column] for line in lines[first : last + 1] if column < len(line)])
        for column in range(width)
    ]
    return [Heading(column, title, refusal(title)) for column, title in enumerate(titles)]


def refusal(title: str) -> str:
    """The word for which a heading is refused (G1), or that it names an identity number; else empty."""
    identity = _IDENTITY.search(title)
    return refused_in(title) or (identity[0] if identity else "")


def _title(parts: Sequence[str]) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))


def guess(lines: Sequence[Sequence[str]], words: Mapping[str, str]) -> tuple[int, int]:
    """The lines of the headings: the one with the most known words, and one before it where cells were merged."""
    if not lines:
        return 0, 0
    known = [sum(bool(meaning([cell], words)) for cell in line) for line in lines[:HEAD_LINES]]
    filled = [len({cell for cell in line if cell}) for line in lines[:HEAD_LINES]]
    last = max(range(len(known)), key=lambda at: (known[at], filled[at] if not any(known) else 0, -at))
    above = last - 1
    spread = above >= 0 and 1 < filled[above] < sum(1 for cell in lines[above] if cell)
    return (above if spread else last), last


def suggestions(
    found: Sequence[Heading], words: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[int, str]:
    """column → what it seems to mean: as last time, else by its words; each meaning once, the first column wins."""
    taken: dict[str, int] = {}
    for one in found:
        if one.refused or not one.title:
            continue
        target = remembered.get(one.title)
        target = meaning(one.title.split(" · "), words) if target is None else target
        if target:
            taken.setdefault(target, one.column)
    return {column: target for target, column in taken.items()}


def meaning(parts: Sequence[str], words: Mapping[str, str]) -> str:
    """What a heading means by its words: the whole of it, or its lowest part."""
    for text in ("".join(parts), *reversed(parts)):
        if found := words.get(folded(text)):
            return found
    return ""


def folded(title: str) -> str:
    """A heading without units in brackets, stars, blanks and marks, in small letters."""
    return _NOISE.sub("", title.replace("་", "").strip()).casefold()


def lexicon(catalogue: Catalogue, also: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """folded heading → target: the register's own names of items, then the pack's words; codes themselves."""
    found = {folded(code): code for code in targets(catalogue)}
    for code in targets(catalogue):
        item = catalogue.items.get(code)
        for title in (*(item.name.values() if item else ()), *also.get(code, ())):
            found.setdefault(folded(title), code)
    return found


_CHECK, _WEIGHTS = "10X98765432", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def without_identity(text: str) -> str:
    """The cell without identity numbers, whatever its heading says (GB 11643: the last digit checks the others)."""
    return _NUMBER.sub(lambda found: "" if _checks(found[0]) else found[0], text) if len(text) >= 18 else text


def _checks(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[-1].upper() == _CHECK[total % 11]
