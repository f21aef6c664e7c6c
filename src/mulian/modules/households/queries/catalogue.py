"""The catalogue of the register as this installation's pack has it, read once a process."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from mulian.core.packs import Pack, current
from mulian.core.packs.shapes import register as shapes
from mulian.core.packs.shapes.basis import Name
from mulian.modules.households.domain.catalogue import (
    Catalogue,
    DocumentKind,
    Item,
    Label,
    NeedKind,
    Of,
    SafetyCheck,
    Side,
    Source,
    Type,
)

KINDS = ("group", "item", "need", "document", "institution", "check")


def catalogue() -> Catalogue:
    """This installation's catalogue."""
    return _catalogue(id(current()))


def catalogue_of(pack: Pack) -> Catalogue:
    """A pack's register.toml as the rules take it. Raises msgspec.ValidationError for rows of a wrong shape."""
    rows = {kind: pack.rows("register", kind) for kind in KINDS}
    items = [_item(msgspec.convert(row, shapes.Item)) for row in rows["item"]]
    needs = [_need(msgspec.convert(row, shapes.Need)) for row in rows["need"]]
    documents = [_document(msgspec.convert(row, shapes.Document)) for row in rows["document"]]
    checks = [
        _check(msgspec.convert(row, shapes.SafetyCheck)) for row in rows["check"] if not row.get("drop")
    ]
    return Catalogue(
        groups={row["code"]: row["name"] for row in rows["group"]},
        items={item.code: item for item in items},
        needs={need.code: need for need in needs},
        documents={document.code: document for document in documents},
        institutions={row["code"]: row["name"] for row in rows["institution"] if not row.get("drop")},
        checks={check.code: check for check in checks},
    )


@lru_cache(maxsize=4)
def _catalogue(identity: int) -> Catalogue:
    return catalogue_of(current())


def _item(row: shapes.Item) -> Item:
    return Item(
        code=row.code,
        group=row.group,
        name=label(row.name),
        type=Type(row.type),
        of=Of(row.of),
        sensitive=row.class_ == "S3",
        class_=row.class_,
        owner=Side(row.owner),
        shared=row.readers == "both",
        sources=tuple(Source(source) for source in row.sources),
        months=row.months,
        ages=(row.ages[0], row.ages[1]),
        unit=label(row.unit) if row.unit else None,
        most=row.most,
        choices={choice.code: label(choice.name) for choice in row.choices if not choice.drop},
        demo=tuple(row.demo),
        herd=row.counts == "herd",
        purpose=label(row.purpose) if row.purpose else None,
        keep_months=row.keep_months,
    )


def _need(row: shapes.Need) -> NeedKind:
    return NeedKind(
        code=row.code,
        name=label(row.name),
        purpose=label(row.purpose),
        of=Of(row.of),
        review_months=row.review_months,
        keep_months=row.keep_months,
        demo=tuple(row.demo),
    )


def _document(row: shapes.Document) -> DocumentKind:
    return DocumentKind(
        code=row.code,
        name=label(row.name),
        of=Of(row.of),
        sensitive=row.class_ == "S3",
        demo=tuple(row.demo),
    )


def _check(row: shapes.SafetyCheck) -> SafetyCheck:
    return SafetyCheck(code=row.code, name=label(row.name), of=frozenset(row.of), months=row.months)


def label(name: Name) -> Label:
    """The words of a pack by language."""
    return {"zh": name.zh, "bo": name.bo, "en": name.en}
