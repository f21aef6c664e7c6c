"""The demo's people: the reports' figures exactly, the same at every run, for any pack."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count

from mulian.core import packs
from mulian.core.access import devices, tokens
from mulian.core.access.models import DutyShift, Person, Placement, Posting
from mulian.core.areas import actions as areas
from mulian.core.events.models import Event
from mulian.core.packs import Pack
from mulian.kernel.actor import SYSTEM, Role
from mulian.modules.households import queries
from mulian.modules.households.models import (
    Camp,
    Document,
    Household,
    Institution,
    Item,
    Member,
    Move,
    Need,
    Qualification,
)
from mulian.modules.households.queries.capacity import grids_of
from mulian.modules.households.queries.catalogue import catalogue_of
from mulian.modules.households.seed import Seeded, cast, demo_facts, plan, seed
from mulian.modules.households.seed.facts import earlier, facts, visits
from mulian.modules.households.seed.families import families, sizes
from mulian.modules.households.seed.loads import grid_loads, liaisons_by_grid
from tests.world import AT
from tests.world.copies import once

HOME = "632623204"
SHIPPED = ("gande", "dari", "zhiduo", "haiyan")


def loaded(pack: Pack) -> Pack:
    areas.load(
        pack=pack.code,
        areas=pack.area_rows(),
        units=pack.unit_rows(),
        points=pack.points,
        actor=SYSTEM,
        at=AT,
    )
    return pack


def seeded() -> Seeded:
    """The demo's township."""
    return seed(pack=loaded(packs.load("gande")), scale="township", at=AT)


def gande() -> Seeded:
    """The same; seeded once, copied for each further test that looks at it."""
    return once("gande's township", seeded)


def fingerprint() -> list[Any]:
    """Everything that was written, but for salts of passwords."""
    return [
        list(
            Household.unscoped.order_by("id").values_list(
                "id", "number", "name", "name_bo", "phone", "language"
            )
        ),
        list(Member.unscoped.order_by("id").values_list("id", "name", "birth_year", "relation")),
        list(Camp.unscoped.order_by("id").values_list("id", "area", "lat", "lon")),
        list(Move.unscoped.order_by("id").values_list("id", "kind", "area", "camp", "at")),
        list(Placement.objects.order_by("id").values_list("subject_id", "area", "counts_as", "valid_from")),
        list(Person.objects.order_by("id").values_list("id", "username", "name", "language")),
        list(Posting.objects.order_by("id").values_list("id", "person", "role", "area", "unit")),
        list(DutyShift.objects.order_by("id").values_list("id", "person", "kind", "language", "starts")),
        list(Qualification.objects.order_by("id").values_list("person", "area", "basis")),
        list(
            Item.unscoped.order_by("id").values_list(
                "household", "subject", "code", "amount", "word", "as_of"
            )
        ),
        list(Need.unscoped.order_by("id").values_list("id", "member", "consent_by", "consent_how")),
        list(Document.unscoped.order_by("id").values_list("id", "held", "valid_to", "seen_on")),
    ]


@pytest.mark.django_db
def test_township_is_seeded_to_the_figures_of_the_reports() -> None:
    done = gande()

    serving = Posting.objects.filter(role=Role.LIAISON, area__code__startswith=HOME)
    loads = [row.capacity for v in cast.demo_villages(packs.load("gande")) for row in grids_of(v, AT)]
    away = Placement.objects.filter(counts_as="residing").exclude(area__code__startswith=HOME)
    assert done == Seeded(households=1136, people=4292, qualified=246, serving=154, staff=416, dual=35)
    assert Household.unscoped.count() == 1136
    assert Institution.unscoped.filter(area__code__startswith=HOME).count() == 3
    assert Member.unscoped.count() == 4292
    assert Counter(Household.unscoped.values_list("number", flat=True)).most_common(1)[0][1] == 1
    assert (
        Placement.objects.filter(
            subject_kind="household", counts_as="registered", area__code__startswith=HOME
        ).count()
        == 1136
    )
    assert serving.count() == serving.values("person").distinct().count() == 150
    assert Qualification.objects.filter(area__code__startswith=HOME).count() == 242
    assert min(c.households for c in loads) >= 5
    assert max(c.households for c in loads) <= 12
    assert [c for c in loads if c.warns] == []
    assert 0.02 <= away.count() / 1136 <= 0.05
    assert {area[:9] for area in away.values_list("area", flat=True)} == {"632623100"}


@pytest.mark.django_db
def test_every_post_is_filled_and_the_rota_covers_now() -> None:
    pack = packs.load("gande")

    gande()

    villages = [a.code for a in pack.area_rows() if a.level == "village"]
    leads = Posting.objects.filter(role=Role.VILLAGE_LEAD).values("area").annotate(n=Count("id"))
    departments = {u.code for u in pack.unit_rows() if u.kind == "department"}
    now = DutyShift.objects.filter(starts__lte=AT, ends__gt=AT)
    assert {row["area"]: row["n"] for row in leads} == dict.fromkeys(villages, 2)
    assert set(Posting.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert departments == set(
        Posting.objects.filter(role=Role.DEPARTMENT_OFFICER).values_list("unit__code", flat=True)
    )
    assert sorted(now.values_list("kind", "language")) == [
        ("duty", ""),
        ("duty", ""),
        ("listening", "bo"),
        ("listening", "zh-hans"),
    ]
    assert Event.objects.filter(name="households.seeded").count() == 4


@pytest.mark.django_db
def test_accounts_and_phones_work_and_are_told_without_a_database() -> None:
    gande()

    facts = demo_facts()

    accounts = {one["username"]: one for one in facts["accounts"]}
    assert {one["role"] for one in facts["accounts"]} == {role.value for role in Role}
    leads = [one["area"] for one in facts["accounts"] if one["role"] == "village_lead"]
    assert leads[0] == "632623204200"
    assert len(set(leads)) == 2
    person = Person.objects.get(username="village_lead")
    assert person.check_password(accounts["village_lead"]["password"])
    assert person.name == accounts["village_lead"]["name"]
    assert person.api_tokens.get().token_hash == tokens.digest(accounts["village_lead"]["api_token"])
    assert len(facts["devices"]) == 6
    assert all(one["area"].startswith(leads[0]) for one in facts["devices"][:4])
    for one in facts["devices"]:
        actor = devices.device_actor(f"Device {one['token']}", AT)
        assert actor.areas == (one["area"],)
        assert 5 <= queries.visible(actor, AT).count() <= 24


@pytest.mark.sqlite_only("what is invented is Python's; PostgreSQL takes it in the tests above")
@pytest.mark.django_db
def test_two_runs_give_the_same_world() -> None:
    found = []
    for write in (gande, seeded):
        with transaction.atomic():
            write()
            found.append(fingerprint())
            transaction.set_rollback(True)

    assert [len(part) for part in found[0]] == [len(part) for part in found[1]]
    assert found[0][:4] == found[1][:4]
    assert found[0][5:] == found[1][5:]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("scale", ["township", "county"])
def test_plans_of_all_packs_give_every_liaison_a_fitting_number(name: str, scale: str) -> None:
    made = plan.make_plan(packs.load(name), scale)

    for village in made.villages:
        liaisons = liaisons_by_grid(village.serving, village.grids)
        loads = grid_loads(Random(1), village.residents, liaisons, made.low, made.high)
        assert sum(loads) == village.residents
        assert sum(liaisons) == village.serving
        fitting = [made.low <= load <= made.high * n for load, n in zip(loads, liaisons, strict=True)]
        assert all(fitting), (village, min(loads), max(loads))


def test_county_figures_are_met_exactly() -> None:
    dari = plan.make_plan(packs.load("dari"), "county")

    counted = ("households", "people", "serving", "grids")
    totals = [sum(getattr(v, what) for v in dari.villages) for what in counted]

    assert (totals, dari.items) == ([8200, 31300, 1457, 457], 3_000_000)
    assert min(v.grids for v in dari.villages) > 0


def test_as_many_dated_items_as_the_pack_counts_one_after_the_other() -> None:
    """Each item's periods follow each other without a gap, and what holds today is what it was without a past."""
    catalogue = catalogue_of(packs.load("dari"))
    today, random = AT.date(), Random(5)
    days = visits(random, today)
    known = list(facts(random, catalogue, [1980, 2012], 2, 2026))
    given = known + list(earlier(random, catalogue, known, 400 - len(known)))

    assert (len(given), given[: len(known)]) == (400, known)
    spells: dict[object, list[tuple[date, date | None]]] = {}
    for one in given:
        until = None if one.until is None else days.day(one.until)
        spells.setdefault((one.code, one.member, one.camp), []).append((days.day(one.visit), until))
    for each in spells.values():
        ordered = sorted(each)
        assert [until for _, until in ordered[:-1]] == [since for since, _ in ordered[1:]]
        assert ordered[-1][1] is None


def test_half_of_zhiduo_s_herders_live_in_town() -> None:
    zhiduo = plan.make_plan(packs.load("zhiduo"), "county")

    herders = [v for v in zhiduo.villages if v.village not in zhiduo.town]

    share = sum(v.dual for v in herders) / sum(v.households for v in herders)
    assert abs(share - 0.495) < 0.005
    assert sum(v.incoming for v in zhiduo.villages) == sum(v.dual for v in zhiduo.villages)


@pytest.mark.django_db
def test_a_pack_made_for_any_county_is_seeded(tmp_path: Path) -> None:
    pack = loaded(packs.load(packs.new("632626", tmp_path)))

    done = seed(pack=pack, scale="township", at=AT)

    assert (done.households, done.people) == (400, 1500)
    assert len(cast.phone_liaisons(pack)) == 6
    assert {worker.role for worker in cast.accounts(pack)} == set(Role)


def test_sizes_and_ages_can_be() -> None:
    found = sizes(Random(3), 100, 380)
    made = list(families(Random(3), 100, 380, 2026, bilingual=True))

    assert (sum(found), min(found) >= 1, max(found) <= 9) == (380, True, True)
    assert sum(len(family.people) for family in made) == 380
    assert all(1931 <= person.birth_year <= 2026 for family in made for person in family.people)
    assert all(family.phone.startswith("000") for family in made)


def test_nobody_s_office_is_made_up_twice() -> None:
    names = [worker.username for worker in cast.staff(packs.load("gande"))]

    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith("q")]
