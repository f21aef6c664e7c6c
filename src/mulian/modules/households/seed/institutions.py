"""The demo's institutions: a school, a clinic and a shop in each township of the plan, some of them checked."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from mulian.core.access import placing
from mulian.core.access.placing import Place
from mulian.core.packs import AreaRow, Pack
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.actions.institutions import INSTITUTION
from mulian.modules.households.models import Institution, SafetyCheck
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.seed.cast import seeded_id
from mulian.modules.households.seed.plan import Plan

KINDS = {"school": (120, 400), "clinic": (6, 30), "shop": (10, 40)}
"""Kinds of institution, and how many people fit into one."""
CHECKED_SHARE, SOUND_SHARE = 0.7, 0.9


@transaction.atomic
def write_institutions(plan: Plan, pack: Pack, at: datetime) -> None:
    """In the first village of each township, named after the township and the kind."""
    names = {area.code: area for area in pack.area_rows()}
    first: dict[str, str] = {}
    for village in sorted(each.village for each in plan.villages):
        first.setdefault(village[:9], village)
    rows = [_row(kind, names[town], village, at) for town, village in first.items() for kind in KINDS
            if kind in catalogue().institutions]  # fmt: skip
    Institution.unscoped.bulk_create(rows)
    placing.place_new(kind=INSTITUTION, placed={r.id: [Place(r.area_id, "registered")] for r in rows}, at=at)
    SafetyCheck.unscoped.bulk_create([check for row in rows for check in _checks(row, at)])


def _row(kind: str, township: AreaRow, village: str, at: datetime) -> Institution:
    random = Random(f"mulian:institution:{kind}:{village}")
    label = catalogue().institutions[kind]
    zh, bo = township.name_zh, township.name_bo
    return Institution(
        id=seeded_id("institution", f"{kind}:{village}"), kind=kind, name_zh=f"{zh}{label['zh']}",
        name_bo=f"{bo}་{label['bo']}" if bo else "", area_id=village, capacity=random.randint(*KINDS[kind]),
        created_at=at,
    )  # fmt: skip


def _checks(row: Institution, at: datetime) -> list[SafetyCheck]:
    random = Random(f"mulian:checks:{row.id}")
    return [
        SafetyCheck(
            id=seeded_id("check", f"{row.id}:{entry.code}"), institution=row, code=entry.code,
            done_on=(at - timedelta(days=random.randint(5, 400))).astimezone(CN).date(),
            sound=random.random() < SOUND_SHARE, recorded_at=at, by=SYSTEM.person,
        )
        for entry in catalogue().checks.values()
        if row.kind in entry.of and random.random() < CHECKED_SHARE
    ]  # fmt: skip
