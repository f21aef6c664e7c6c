"""Every door to the register shows what brute force says: any duties, any places (dual management too), any moment."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from mulian.core.access.actors import actor_then
from mulian.core.access.models import Person, Placement, Posting
from mulian.core.areas.codes import level, parent
from mulian.core.areas.models import Area, Unit
from mulian.core.registry import grants
from mulian.core.search.index import index_many
from mulian.kernel.actor import Actor, Role
from mulian.modules.forms.permissions import Permission as Forms
from mulian.modules.forms.queries.entities import entity_lists
from mulian.modules.households import queries, syncables
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.models import Certificate, Document, Household
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND, api_reads, certificates, exporting
from tests.core.access.test_scope import (
    HOUR,
    ME,
    NOON,
    SUBJECTS,
    TREE,
    UNITS,
    Duty,
    Put,
    duties,
    hours,
    puts,
    reaches,
)

KINDS = ("registered", "residing", "camp")
PAPER = "盲人证"


def oracle(mine: list[Duty], placed: list[Put], hour: int, permission: str) -> set[UUID]:
    """Which families some duty that includes the permission reaches, said as plainly as possible."""
    held = [d for d in mine if d.holds(hour) and permission in grants()[d.role]]
    if any(d.area == TREE[0] and not d.topics and d.role is not Role.DEPARTMENT_OFFICER for d in held):
        return set(SUBJECTS)
    return {p.subject for p in placed for d in held if p.holds(hour) and reaches(d, p)}


@pytest.fixture
def register(db: None) -> None:
    """The tree, one person without a duty, and families with a paper that count nowhere yet."""
    day = date(2020, 1, 1)
    for code in TREE:
        above = parent(code) if code != TREE[0] else None
        Area.objects.create(code=code, parent_id=above, level=level(code), name_zh=code, valid_from=day)
    for unit in UNITS:
        Unit.objects.create(id=unit, code=f"dept.{unit.int}", area_id=TREE[0], kind="department", name_zh="x")
    Person.objects.create(id=ME, username="me", name="me", created_at=NOON)
    for i, id in enumerate(SUBJECTS):
        Household.unscoped.create(id=id, number=f"632623-{i}", name="x", created_at=NOON)
        paper = Document.unscoped.create(
            id=UUID(int=400 + i), household_id=id, code="grassland", held=True, seen_on=day, recorded_at=NOON, by=ME
        )  # fmt: skip
        Certificate.unscoped.create(
            id=id, document=paper, words=PAPER, until=date(2099, 1, 1), kept_at=NOON, by=ME
        )
    index_many(kind=certificates.SEARCHED, texts=dict.fromkeys(SUBJECTS, PAPER), at=NOON)


def write(mine: list[Duty], placed: list[Put]) -> None:
    for i, d in enumerate(mine):
        Posting.objects.create(
            id=UUID(int=300 + i), person_id=ME, role=d.role, area_id=d.area, unit_id=d.unit, topics=list(d.topics),
            valid_from=NOON + d.starts * HOUR, valid_to=None if d.ends is None else NOON + d.ends * HOUR,
        )  # fmt: skip
    for i, p in enumerate(placed):
        Placement.objects.create(
            subject_kind=KIND, subject_id=p.subject, area_id=p.area, unit_id=p.unit, topic=p.topic,
            counts_as=KINDS[i % 3], valid_from=NOON + p.starts * HOUR,
            valid_to=None if p.ends is None else NOON + p.ends * HOUR,
        )  # fmt: skip


def shown(actor: Actor, at: datetime) -> dict[str, set[UUID]]:
    """door → the families it shows."""
    pages = (queries.household(id, actor, at) for id in SUBJECTS)
    records = {id for id in SUBJECTS if api_reads.record(id, actor, at, care=True)}
    listed = next((one.csv.decode() for one in entity_lists(actor, at) if one.name == "households"), "")
    return {
        "ledger": set(queries.ledger(actor, at).values_list("id", flat=True)),
        "page": {row.id for row in pages if row},
        "API": {row.id for row in api_reads.page(actor, at, area="", after="", limit=50).rows},
        "API, by number": records,
        "export": set(exporting.wanted(actor, "", at)),
        "papers": {row.id for row in certificates.found(actor, PAPER, at)},
        "form programs": {id for id in SUBJECTS if str(id) in listed},
        "phone": set(syncables.visible_households(actor, at)),
        "phone, rendered": set(syncables.render_households(SUBJECTS, actor, at)),
    }


@settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mine=duties, placed=puts, hour=hours)
def test_every_door_shows_what_brute_force_says(
    register: None, mine: list[Duty], placed: list[Put], hour: int
) -> None:
    at = NOON + hour * HOUR
    with transaction.atomic():
        write(mine, placed)
        actor = actor_then(ME, at)
        assert actor is not None
        found = shown(actor, at)
        transaction.set_rollback(True)

    browsed, viewed = (oracle(mine, placed, hour, each) for each in (Permission.BROWSE, Permission.VIEW))
    small = [duty for duty in mine if len(duty.area) >= VILLAGE_LENGTH]
    fills = any(duty.holds(hour) and Forms.FILL in grants()[duty.role] for duty in mine)
    carried = oracle(small, placed, hour, Permission.BROWSE)
    assert found == {
        "ledger": browsed,
        "page": viewed,
        "API": browsed,
        "API, by number": viewed,
        "export": browsed,
        "papers": oracle(mine, placed, hour, Permission.CARE),
        "form programs": browsed if fills else set(),
        "phone": carried,
        "phone, rendered": carried,
    }
