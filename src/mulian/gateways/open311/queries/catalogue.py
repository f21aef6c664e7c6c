"""The county's services for programs: topics of the pack that its open311.toml offers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mulian.core import packs
from mulian.core.packs import Pack, said
from mulian.gateways.open311.domain.services import Attribute, Choice, Datatype, Service, Type

FILE = "open311"


def about() -> Mapping[str, Any]:
    """Whom to ask, how to get a key, and since when the services are as they are."""
    found: Mapping[str, Any] = packs.current().part(FILE).get("about", {})
    return found


def services(language: str) -> dict[str, Service]:
    """code → service, in the pack's order."""
    return _services(id(packs.current()), language)


def listed() -> dict[str, bool]:
    """Topics whose cases may be listed → whether their place may be shown finely."""
    found = services("zh-hans").values()
    return {service.code: service.fine for service in found if service.public}


def names(language: str) -> Mapping[str, str]:
    """topic code → name."""
    return _names(id(packs.current()), language)


@lru_cache(maxsize=16)
def _names(identity: int, language: str) -> Mapping[str, str]:
    return {row["code"]: said(row["name"], language) for row in packs.current().rows("topics", "topic")}


@lru_cache(maxsize=16)
def _services(identity: int, language: str) -> dict[str, Service]:
    return services_of(packs.current(), language)


def services_of(pack: Pack, language: str) -> dict[str, Service]:
    """The services of a pack. What follows a person is never public, whatever a row says."""
    topics = {row["code"]: row for row in pack.rows("topics", "topic")}
    rows = pack.part(FILE).get("service", ())
    return {row["code"]: _service(row, topics, language) for row in rows if row["code"] in topics}


def _service(row: Mapping[str, Any], topics: Mapping[str, Mapping[str, Any]], language: str) -> Service:
    topic = topics[row["code"]]
    above = topics.get(topic.get("parent", ""), topic)
    words = topic.get("words", {}).get("bo" if language == "bo" else "zh", ())
    return Service(
        code=row["code"],
        name=said(topic["name"], language),
        description=said(row["description"], language)
        if "description" in row
        else said(topic["name"], language),
        group=said(above["name"], language),
        keywords=tuple(words[:6]) if language != "en" else (),
        type=Type(row.get("type", "realtime")),
        public=bool(row.get("public", True)) and topic["follows"] == "place",
        fine=bool(row.get("fine", False)),
        attributes=tuple(
            _attribute(each, place, language) for place, each in enumerate(row.get("attribute", ()), 1)
        ),
    )


def _attribute(row: Mapping[str, Any], place: int, language: str) -> Attribute:
    return Attribute(
        code=row["code"],
        datatype=Datatype(row["datatype"]),
        description=said(row["name"], language),
        hint=said(row["hint"], language) if "hint" in row else "",
        required=bool(row.get("required", False)),
        variable=bool(row.get("variable", True)),
        order=place,
        values=tuple(
            Choice(key=each["code"], name=said(each["name"], language)) for each in row.get("value", ())
        ),
    )
