"""Places named in a text, with confidence. The names are data; nothing about a county is written here.

A full name (隆吉村) is sure. A bare stem (隆吉) may be an ordinary word: it counts only near the liaison or
the household, or when it is long. One name for several places is settled by a township named beside it,
then by nearness; else nothing is claimed. Two villages named fully make a double event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mulian.kernel.text import syllables
from mulian.modules.cases.domain.staffing import TOWNSHIP_DIGITS, VILLAGE_DIGITS

SURE = 0.8
_FULL, _LONG_STEM, _STEM, _NEARBY = 0.95, 0.85, 0.7, 0.15
_TAILS = (
    "村民委员会", "居民委员会", "村委会", "居委会", "牧委会", "人民政府", "办事处",
    "社区", "街道", "村", "镇", "乡",
)  # fmt: skip
_SPOKEN = {"village": ("村", "村委会"), "community": ("社区", "居委会"), "township": ("乡", "镇")}
_BO_TAILS = (("གྲོང", "ཚོ"), ("སྡེ", "བ"), ("གྲོང", "རྡལ"), ("ཡུལ", "ཚོ"), ("ཤང",), ("ཞང",))


@dataclass(frozen=True)
class Named:
    """An area found in a text: where it stood, the word itself, how sure."""

    area: str
    word: str
    at: int
    confidence: float


@dataclass(frozen=True)
class _Name:
    area: str
    word: str
    full: bool


@dataclass(frozen=True)
class Gazetteer:
    """Names of townships and villages (and what lies below) as (area code, Chinese name, Tibetan name)."""

    places: tuple[tuple[str, str, str], ...]
    _chinese: list[_Name] = field(init=False, repr=False, compare=False, default_factory=list)
    _tibetan: list[tuple[str, tuple[str, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=list
    )

    def __post_init__(self) -> None:
        for area, chinese, tibetan in self.places:
            if len(area) < TOWNSHIP_DIGITS:
                continue
            self._chinese.extend(_forms(area, chinese))
            if parts := _bo_stem(tuple(syllables(tibetan))):
                self._tibetan.append((area, parts))

    @classmethod
    def of(cls, places: Iterable[tuple[str, str, str]]) -> Gazetteer:
        return cls(tuple(places))

    def named_in(self, text: str, *, near: Sequence[str] = ()) -> list[Named]:
        """The places the text names for sure, in the order of the text; empty where it is not sure."""
        found = _not_within(self._in_chinese(text) + self._in_tibetan(text))
        spots: dict[tuple[int, str], list[Named]] = {}
        for each in found:
            spots.setdefault((each.at, each.word), []).append(each)
        towns = {
            each.area for each in found if len(each.area) == TOWNSHIP_DIGITS and each.confidence >= _FULL
        }
        settled = [_settle(group, near, towns) for group in spots.values()]
        sure = [each for each in settled if each and each.confidence >= SURE]
        return _most_exact(sorted(sure, key=lambda each: each.at))

    def _in_chinese(self, text: str) -> list[Named]:
        hits, written = [], set(text)
        for name in self._chinese:
            if name.word[0] in written and (at := text.find(name.word)) >= 0:
                stem = _LONG_STEM if len(name.word) > 2 else _STEM
                hits.append(Named(name.area, name.word, at, _FULL if name.full else stem))
        return hits

    def _in_tibetan(self, text: str) -> list[Named]:
        spoken = syllables(text)
        hits = []
        for area, parts in self._tibetan:
            at = find_run(spoken, parts)
            if at >= 0:
                followed = any(tuple(spoken[at + len(parts) :][: len(tail)]) == tail for tail in _BO_TAILS)
                confidence = _FULL if followed else _LONG_STEM if len(parts) > 2 else _STEM
                hits.append(Named(area, "་".join(parts), at, confidence))
        return hits


def find_run(inside: Sequence[str], run: Sequence[str]) -> int:
    """Where the syllables of `run` stand one after the other, or -1."""
    size = len(run)
    return next((at for at in range(len(inside) - size + 1) if list(inside[at : at + size]) == list(run)), -1)


def _forms(area: str, name: str) -> Iterable[_Name]:
    stem = next((name[: -len(tail)] for tail in _TAILS if name.endswith(tail) and name != tail), name)
    kind = (
        "township"
        if len(area) == TOWNSHIP_DIGITS
        else "community"
        if "社区" in name or "居" in name
        else "village"
    )
    if not stem:
        return
    if stem != name:
        yield _Name(area, name, True)
    if kind != "township":
        yield from (_Name(area, stem + tail, True) for tail in _SPOKEN[kind] if stem + tail != name)
    if len(stem) > 1:
        yield _Name(area, stem, False)


def _bo_stem(parts: tuple[str, ...]) -> tuple[str, ...]:
    for tail in _BO_TAILS:
        if len(parts) > len(tail) and parts[-len(tail) :] == tail:
            return parts[: -len(tail)]
    return parts if len(parts) > 1 else ()


def _not_within(found: list[Named]) -> list[Named]:
    """Longest first: a stem inside a longer name at the same spot says nothing of its own."""
    spans = {(each.at, each.at + len(each.word)) for each in found}
    return [
        each
        for each in found
        if not any(
            start <= each.at and each.at + len(each.word) <= end and end - start > len(each.word)
            for start, end in spans
        )
    ]


def _settle(group: list[Named], near: Sequence[str], towns: set[str]) -> Named | None:
    """One place for one word: in a township named beside it, else near, else the one above all others."""
    choices = {each.area: each for each in group}
    for fits in (towns - set(choices), {area[:TOWNSHIP_DIGITS] for area in near}):
        inside = [each for each in choices.values() if each.area[:TOWNSHIP_DIGITS] in fits]
        if len(inside) == 1:
            only = inside[0]
            return Named(only.area, only.word, only.at, min(0.99, only.confidence + _NEARBY))
    if len(choices) == 1:
        return group[0]
    highest = min(choices, key=len)
    return choices[highest] if all(area.startswith(highest) for area in choices) else None


def _most_exact(found: list[Named]) -> list[Named]:
    """Villages before townships, and none that only contains another one named; two villages stay two."""
    areas = [each.area for each in found]
    exact = [
        each
        for each in found
        if not any(other != each.area and other.startswith(each.area) for other in areas)
    ]
    unique = list({each.area: each for each in exact}.values())
    villages = [each for each in unique if len(each.area) >= VILLAGE_DIGITS]
    return villages or unique[:1]
