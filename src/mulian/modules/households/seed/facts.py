"""What the made-up families told: items with a past, needs they agreed to, papers, facts of their camps. Pure.

Drawn from the catalogue alone: a county that changes its register has a demo of its own items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mulian.modules.households.domain.catalogue import Catalogue, DocumentKind, Item, NeedKind, Of, Type
from mulian.modules.households.domain.values import HUNDRED, Kept

UNKNOWN_SHARE = 0.06
CHANGED_SHARE = 0.18
COMMON = 0.55
"""How likely the first choice of an item is; each further one is so likely among what is left."""
FIRST_DAYS, LAST_DAYS = (150, 390), (4, 140)
EVERYBODY = (0, 120)
SEASON = timedelta(days=90)


@dataclass(frozen=True)
class Given:
    """One item told at a visit: the first (0), the second (1) or an earlier one (-1, -2 …, backwards).

    `member` and `camp` by their place in the family; `until`: the visit at which something else was said.
    """

    code: str
    kept: Kept
    visit: int
    member: int | None = None
    camp: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Visits:
    """The days of the two visits at which everything was told, and of earlier ones, a season apart."""

    first: date
    second: date

    def day(self, visit: int) -> date:
        if visit < 0:
            return self.first + visit * SEASON
        return self.second if visit else self.first


def visits(random: Random, today: date) -> Visits:
    first = today - timedelta(days=random.randint(*FIRST_DAYS))
    return Visits(first, today - timedelta(days=random.randint(*LAST_DAYS)))


def facts(
    random: Random, catalogue: Catalogue, births: Sequence[int], camps: int, year: int
) -> Iterator[Given]:
    """Everything one family told; some of it is not known, some was told anew at the second visit."""
    for item in catalogue.items.values():
        for member, camp in _subjects(item, births, camps, year):
            if random.random() < UNKNOWN_SHARE:
                continue
            first = draw(random, item)
            if random.random() < CHANGED_SHARE:
                yield Given(item.code, first, 0, member, camp, until=1)
                yield Given(item.code, draw(random, item), 1, member, camp)
            else:
                yield Given(item.code, first, int(random.random() < COMMON), member, camp)


def earlier(random: Random, catalogue: Catalogue, known: Sequence[Given], wanted: int) -> Iterator[Given]:
    """So many items the family had said of the same before, visit by visit backwards; mostly it was so already."""
    oldest = {(one.code, one.member, one.camp): one for one in reversed(known)}
    visit = -1
    while wanted > 0 and oldest:
        for key, after in oldest.items():
            same = random.random() >= CHANGED_SHARE
            was = after.kept if same else draw(random, catalogue.items[after.code])
            oldest[key] = one = Given(after.code, was, visit, after.member, after.camp, until=after.visit)
            yield one
            wanted -= 1
            if not wanted:
                return
        visit -= 1


def _subjects(
    item: Item, births: Sequence[int], camps: int, year: int
) -> Iterator[tuple[int | None, int | None]]:
    if item.of == Of.HOUSEHOLD:
        yield None, None
    elif item.of == Of.CAMP:
        yield from ((None, place) for place in range(camps))
    else:
        yield from ((place, None) for place, born in enumerate(births) if item.asked_of(born, year))


def draw(random: Random, item: Item) -> Kept:
    """A value that can be true."""
    match item.type:
        case Type.YES_NO:
            return Kept(int(random.random() * 100 < (item.demo[0] if item.demo else 50)))
        case Type.CHOICE:
            return Kept(word=_choice(random, list(item.choices)))
        case Type.DATE:
            return Kept(20200101 + random.randint(0, 5) * 10000)
        case Type.TEXT:
            return Kept(word="—")
    low, high = (item.demo[0], item.demo[1]) if len(item.demo) == 2 else (0, 10)
    return Kept(random.randint(low, high) * (HUNDRED if item.type == Type.NUMBER else 1))


def _choice(random: Random, codes: list[str]) -> str:
    return next((code for code in codes[:-1] if random.random() < COMMON), codes[-1])


def wanting(
    random: Random, kind: NeedKind | DocumentKind, births: Sequence[int], year: int
) -> list[int | None]:
    """Who of a family has a need, or holds a paper: places of members, or None for the family."""
    share, low, high = kind.demo if len(kind.demo) == 3 else (0, *EVERYBODY)
    if kind.of == Of.HOUSEHOLD:
        return [None] if random.random() * 100 < share else []
    fitting = [place for place, born in enumerate(births) if low <= year - born <= high]
    return [place for place in fitting if random.random() * 100 < share]
