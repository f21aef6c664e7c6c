"""The register's part of a county pack: register.toml (shape: core/packs/shapes/register.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from mulian.core.packs.pack import Pack
from mulian.core.packs.shapes import register as shapes
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.domain.certificates import OWN
from mulian.modules.households.queries.catalogue import catalogue_of
from mulian.modules.households.queries.certificates import shapes_of

MOST_NUMBER = 200_000
"""The largest `most` of a number with two decimals: it is kept in hundredths, in four bytes."""
CAMP_FACTS = frozenset(f"camp.{name}" for name in ("water", "power", "road", "signal", "shelter"))
"""Items that phones know by name (docs/reference/sync.md)."""


def check(pack: Pack) -> list[str]:
    """What is wrong with register.toml beyond its shape, one sentence each."""
    items = [msgspec.convert(row, shapes.Item) for row in pack.rows("register", "item")]
    groups = set(catalogue_of(pack).groups)
    found = [f"register.toml: {item.code}: {wrong}" for item in items for wrong in _faults(item, groups)]
    missing = sorted(CAMP_FACTS - {item.code for item in items})
    found += list(_certificate_faults(pack, {item.code: item for item in items}))
    return found + [
        f"register.toml: {code}: phones know this item; it cannot be taken away" for code in missing
    ]


def _faults(item: shapes.Item, groups: set[str]) -> Iterator[str]:
    if item.group not in groups:
        yield f"group {item.group!r} is not in register.toml"
    if (item.type == "choice") != bool(item.choices):
        yield "has no choices" if item.type == "choice" else "has choices but is no choice"
    if item.unit is not None and item.type not in ("count", "number"):
        yield "has a unit but is no number"
    if item.type == "number" and item.most > MOST_NUMBER:
        yield f"a number needs `most`, at most {MOST_NUMBER}"
    if item.ages[0] > item.ages[1] or (item.of != "member" and item.ages != [0, 120]):
        yield "ages go from the younger to the older, and only with members"
    if item.class_ == "S3" and (item.purpose is None or item.keep_months is None):
        yield "class S3 needs `purpose` and `keep_months`"
    if (item.code in CAMP_FACTS) != (item.of == Of.CAMP) or (item.of == Of.CAMP and item.type != "yes_no"):
        yield "an item of a camp is one of those that phones know, and yes or no"


def _certificate_faults(pack: Pack, items: Mapping[str, shapes.Item]) -> Iterator[str]:
    """A field goes where something may be known from a paper; a portrait is measured from labels that must be read."""
    documents = {row["code"] for row in pack.rows("register", "document")}
    for row in shapes_of(pack):
        if row.code not in documents:
            yield f"certificates.toml: {row.code}: there is no such paper in register.toml"
        for to in {field.to for field in row.fields} - set(OWN):
            if to not in items or "paper" not in items[to].sources:
                yield f"certificates.toml: {row.code}: {to!r} is no item that is known from a paper"
        for page in row.pages:
            if page.portrait and not {page.portrait.top, page.portrait.bottom} <= {*page.titles, *page.must}:
                yield f"certificates.toml: {row.code}: a portrait is measured from two words that must be read"
