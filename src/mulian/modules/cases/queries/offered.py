"""What a person can choose from: topics, hazards, units to hand a case to."""

from __future__ import annotations

from datetime import datetime

from mulian.core.areas.codes import lineage
from mulian.core.areas.models import Unit
from mulian.core.packs import current, said
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import ground, holding
from mulian.modules.cases.queries.rules import rules


def topics_offered(language: str) -> list[tuple[str, str, str]]:
    """(code, parent, name) of all topics, in the pack's order."""
    return [(t.code, t.parent or "", said(t.name, language)) for t in rules().topics.by_code.values()]


def hazards_offered(language: str) -> list[tuple[str, str]]:
    """(code, name) of the pack's hazards."""
    return [(row["code"], said(row["name"], language)) for row in current().rows("hazards", "hazard")]


def units_offered(
    case: Case, at: datetime, language: str, *, own: bool = False
) -> list[tuple[str, str, str]]:
    """(code, name, kind) of units that could take the case: its line, its township's villages, departments.

    Units a complaint is about are left out, and so is the one that has it (unless `own`).
    """
    held = ground.roster(at)
    near = ground.around(
        rules=rules(),
        areas=(case.area_id,),
        topic=case.topic or None,
        at=at,
        accused=holding.accused_of(case),
    )
    line, township = set(lineage(case.area_id)), case.area_id[:9]
    codes = [
        unit.code
        for unit in held.units.values()
        if (
            unit.kind == "department"
            or unit.area in line
            or (len(township) == 9 and unit.area[:9] == township)
        )
        and unit.code not in near.barred
        and (own or held.ids[unit.code] != case.responsible_unit_id)
    ]
    rows = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    order = {"department": 2, "village": 1}
    found = sorted(rows.values(), key=lambda unit: (order.get(unit.kind, 0), unit.code))
    return [(unit.code, unit.name(language), unit.kind) for unit in found]


def competent(case: Case) -> tuple[str, ...]:
    """Departments the pack lists for the case's topic where it is, the first of them leading."""
    return rules().topics.departments(case.topic or None, case.area_id)
