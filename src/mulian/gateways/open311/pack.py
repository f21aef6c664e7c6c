"""The Open311 part of a county pack: open311.toml, which offers topics as services and asks their questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mulian.core.packs import Pack
from mulian.gateways.open311.domain.services import LISTS, Datatype
from mulian.gateways.open311.queries.catalogue import FILE

PUBLIC_KINDS = ("problem", "suggestion")


def check(pack: Pack) -> list[str]:
    """What is wrong with open311.toml, one sentence each (its shape: core/packs/shapes)."""
    topics = {row["code"]: row for row in pack.rows("topics", "topic")}
    return [
        f"open311.toml: {row['code']}: {said}"
        for row in pack.part(FILE).get("service", ())
        for said in _service(row, topics.get(row["code"]))
    ]


def _service(row: Mapping[str, Any], topic: Mapping[str, Any] | None) -> Iterator[str]:
    if topic is None:
        yield "is no topic"
        return
    if topic.get("kind", "problem") == "complaint":
        yield "complaints about a person are not taken in by programs"
    if row.get("public", True) and (
        topic["follows"] != "place" or topic.get("kind", "problem") not in PUBLIC_KINDS
    ):
        yield "follows a person or is between a family and the county: it needs public = false"
    if row.get("fine") and not row.get("public", True):
        yield "cannot be shown finely when it is not public"
    for asked in row.get("attribute", ()):
        lists = Datatype(asked["datatype"]) in LISTS
        if lists != bool(asked.get("value")):
            yield f"attribute {asked['code']}: a list needs values, and only a list has them"
