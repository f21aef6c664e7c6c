"""Texts whose topic is known: made one of many, held out, chosen among very many."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

TRANSCRIPT = "heard"
"""A fact beside the words: they were spoken, and a machine or a listener wrote them down."""
HELD_OUT = 5
"""One in so many is held out."""


@dataclass(frozen=True)
class Row:
    """A text, its topic, and facts beside the words (`TRANSCRIPT`)."""

    text: str
    label: str
    also: tuple[str, ...] = ()


def held_out(key: str) -> bool:
    """Whether a case (by its id) is for measuring: the same for ever, so that no later model learns it."""
    return hashlib.sha256(key.strip().encode("utf-8", "surrogatepass")).digest()[0] % HELD_OUT == 0


def once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each text once, with the label most of its rows have (the first on a tie)."""
    said: dict[str, list[Row]] = {}
    for row in rows:
        said.setdefault(same(row.text), []).append(row)
    return tuple(
        replace(same[0], label=Counter(each.label for each in same).most_common(1)[0][0])
        for same in said.values()
    )


def same(text: str) -> str:
    """One spelling of texts that count as the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sample(rows: Sequence[Row], at_most: int) -> tuple[Row, ...]:
    """An even, repeatable choice among many rows; of each label at least one."""
    if len(rows) <= at_most:
        return tuple(rows)
    numbered = sorted(range(len(rows)), key=lambda at: digest(rows[at]))
    chosen = set(numbered[:at_most])
    first: dict[str, int] = {}
    for at in numbered:
        first.setdefault(rows[at].label, at)
    return tuple(rows[at] for at in sorted(chosen | set(first.values())))


def digest(row: Row) -> bytes:
    """A number that orders texts by chance, always alike."""
    return hashlib.sha256(row.text.encode("utf-8", "replace")).digest()
