"""What was read on a paper, as values a person may take over: names, a year, a last day, an item of the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mulian.modules.households.domain.catalogue import Item, Label, Type
from mulian.modules.households.domain.members import OLDEST_BIRTH_YEAR

NAME, NAME_BO, BIRTH_YEAR, VALID_TO = "name", "name_bo", "birth_year", "valid_to"
OWN = (NAME, NAME_BO, BIRTH_YEAR, VALID_TO)
"""Targets that are no item of the register."""
_DAY = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_CHINESE = re.compile("[\u3400-\u9fff·]{2,20}")
_TIBETAN = re.compile("[\u0f40-\u0fbc][\u0f0b\u0f40-\u0fbc ]{1,58}")


@dataclass(frozen=True)
class Taken:
    """What a person took over from a paper; None and missing items: nothing was."""

    name: str | None = None
    name_bo: str | None = None
    birth_year: int | None = None
    valid_to: date | None = None
    items: tuple[tuple[str, str], ...] = ()

    def words(self) -> str:
        """What the paper is found by, besides its kind and holder."""
        said = [self.name, self.name_bo, str(self.birth_year or ""), *(value for _, value in self.items)]
        return " ".join(word for word in said if word)


def searched(kind: Label, holder: tuple[str, str], taken: Taken) -> str:
    """The confirmed text of a paper: only what a person wrote or confirmed."""
    said = " ".join([kind["zh"], kind["bo"], *holder, taken.words()]).split()
    return " ".join(dict.fromkeys(said))[:400]


def valued(to: str, text: str, item: Item | None) -> str:
    """The value in words that were read, as its field takes it; empty when there is none in them."""
    if to == NAME:
        return _first(_CHINESE, text)
    if to == NAME_BO:
        return _first(_TIBETAN, text).strip()
    if to == BIRTH_YEAR:
        year = _first(_YEAR, text) or _first(re.compile(r"\d{4}"), text)
        return year if year and int(year) >= OLDEST_BIRTH_YEAR else ""
    if to == VALID_TO:
        return _last_day(text)
    if item is None:
        return ""
    if item.type in (Type.NUMBER, Type.COUNT):
        return re.sub("[,，]", "", _first(_NUMBER, text))
    return text.strip() if item.type == Type.TEXT else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _last_day(text: str) -> str:
    """A term ends with its last day: 2019.03.01-2039.03.01."""
    for year, month, day in reversed(_DAY.findall(text)):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""
