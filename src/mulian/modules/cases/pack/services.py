"""Reads services.toml: what is done for families, and what a department may keep a list for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mulian.core.packs.pack import Pack, Table
from mulian.modules.cases.domain.purposes import Purpose
from mulian.modules.cases.domain.services import Carrier, Owner, Service, Step, Who

Each = Callable[[Pack, str, str, Callable[[Table], Any]], list[Any]]
"""Reads the rows of one table of a file and keeps what goes wrong."""


def services_of(each: Each, pack: Pack) -> dict[str, Any]:
    """`services` and `purposes` by code."""
    services: list[Service] = each(pack, "services", "service", lambda row: service_of(row, pack))
    purposes: list[Purpose] = each(pack, "services", "purpose", purpose_of)
    return {"services": {one.code: one for one in services}, "purposes": {one.code: one for one in purposes}}


def service_of(row: Table, pack: Pack) -> Service:
    """One service; its topic is the one it names, else the first that names it."""
    named = (each["code"] for each in pack.rows("topics", "topic") if each.get("service") == row["code"])
    return Service(
        code=row["code"],
        name=row["name"],
        owner=Owner(row["owner"]),
        carrier=Carrier(row["carrier"]),
        sent=row["sent"],
        papers=tuple(row["papers"]),
        steps=tuple(_step(each) for each in row.get("steps", ())),
        township=row.get("level") == "township",
        topic=row.get("topic") or next(named, ""),
        calendar=row.get("calendar", "work"),
        at=row.get("at"),
    )


def purpose_of(row: Table) -> Purpose:
    """One purpose of service lists."""
    return Purpose(
        code=row["code"],
        name=row["name"],
        departments=tuple(row["departments"]),
        facts=tuple(row.get("facts", ())),
        days=int(row.get("days", Purpose.days)),
    )


def _step(row: Table) -> Step:
    names = {language: row[language] for language in ("zh", "bo", "en")}
    return Step(names, Who(row.get("who", Who.OWNER)))
