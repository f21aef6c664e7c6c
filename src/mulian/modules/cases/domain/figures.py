"""Public figures nobody can be found in (G19): a month's cases are cut into groups of at least k families each.

Every published number counts one group, and groups never overlap, so no two numbers can be subtracted from one
another. A cell (township, topic) stands alone when it is large enough; the small ones of a township are put together,
and what is still small goes to one group of the county. A group of cells that are each known to be small is only
published when any of them may as well be empty: otherwise the rule itself would tell what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Cell = tuple[str, str]
"""Township and topmost topic; an empty township is the county's own, an empty topic is one not known."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """What stands in one cell: cases, how many were solved, and how many different families they are of."""

    cases: int = 0
    solved: int = 0
    families: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            cases=self.cases + other.cases,
            solved=self.solved + other.solved,
            families=self.families + other.families,
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """A published line. Empty `topic`: several topics of the township; empty `township` too: the rest of the county."""

    township: str
    topic: str
    cases: int
    solved_tenths: int
    cells: tuple[Cell, ...]


@dataclass
class _Part:
    cells: list[Cell]
    count: Count
    holds_large: bool = False
    """whether a cell that could have stood alone is in it, so that nobody knows its cells to be small"""

    def __add__(self, other: _Part) -> _Part:
        large = self.holds_large or other.holds_large
        return _Part([*self.cells, *other.cells], self.count + other.count, large)


def publish(counts: Mapping[Cell, Count], *, k: int) -> tuple[Group, ...]:
    """The month's groups, in the order of townships and topics. `counts` names every cell, the empty ones too.

    When all of it is too little to hide anybody, nothing is published.
    """
    parts = {cell: _Part([cell], count) for cell, count in sorted(counts.items())}
    alone = [part for part in parts.values() if part.count.families >= k]
    small = [part for part in parts.values() if part.count.families < k]
    mixed, rest = _by_township(small, k)
    while rest.count.cases and not _hides(rest, k):
        smallest = min([*mixed, *alone], key=lambda part: (part.count.families, part.cells), default=None)
        if smallest is None:
            return ()
        rest += _Part(smallest.cells, smallest.count, holds_large=True)
        mixed, alone = ([p for p in parts if p is not smallest] for parts in (mixed, alone))
    groups = [_group(*part.cells[0], part) for part in alone]
    groups += [_group(part.cells[0][0], "", part) for part in mixed]
    rests = [_group("", "", rest)] if rest.count.cases else []
    return (*sorted(groups, key=lambda group: group.cells), *rests)


def _by_township(small: Iterable[_Part], k: int) -> tuple[list[_Part], _Part]:
    """The small cells of each township put together; what hides nobody goes to the county's rest."""
    parts: dict[str, _Part] = {}
    for part in small:
        township = part.cells[0][0]
        parts[township] = parts[township] + part if township in parts else part
    rest = _Part([], Count())
    for township in [t for t, part in parts.items() if not (t and _hides(part, k))]:
        rest += parts.pop(township)
    return [part for part in parts.values() if part.count.cases], rest


def _hides(part: _Part, k: int) -> bool:
    """Enough families, in several cells, any of which may be empty for all a reader knows."""
    may_be_empty = part.holds_large or part.count.families <= (k - 1) * (len(part.cells) - 1)
    return part.count.families >= k and len(part.cells) > 1 and may_be_empty


def _group(township: str, topic: str, part: _Part) -> Group:
    return Group(
        township=township,
        topic=topic,
        cases=part.count.cases,
        solved_tenths=round(10 * part.count.solved / part.count.cases),
        cells=tuple(part.cells),
    )
