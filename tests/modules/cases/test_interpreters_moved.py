"""0014: what listeners had translated moves beside everything else that is translated, and back again, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from mulian.core.access.models import Person
from mulian.modules.cases.actions import listening, reporting
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import ListeningItem, Translation
from tests import world as cast
from tests.world import AT, World

BEFORE = [("cases", "0013_owing")]
SAID = {
    "bo": ("ཟམ་པ་ཆད།", "桥断了"),
    "zh": ("水渠断了", "ཆུ་ཡུར་ཆད།"),
    "none": ("ལམ་ཆད།", ""),
    "complaint": ("ཁོས་ཁས་མ་བླངས།", "他没有答应"),
}


def migrate(to: list[tuple[str, str]]) -> Any:
    """The models as they were there."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def newest() -> Iterator[list[tuple[str, str]]]:
    """Every module's last migration; the database is there again whatever happens."""
    found = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield found
    migrate(found)


def heard(world: World, name: str, **said: Any) -> None:
    """A voice that a listener wrote down."""
    words, meant = SAID[name]
    sound = Voice(sha256=f"{list(SAID).index(name):x}" * 64, seconds=5)
    case = reporting.report(id=cast.person_id(name), actor=world.actor("liaison"), at=AT, voice=sound, **said)
    item = ListeningItem.objects.get(case=case)
    duty = world.actor("county_duty")
    listening.transcribe(item=item.id, transcript=words, translation=meant, actor=duty, at=AT)


@pytest.mark.django_db(transaction=True)
def test_old_rows_become_the_first_wording_and_go_back(newest: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        world = cast.build()
        heard(world, "bo", urgent=True)
        heard(world, "zh")
        heard(world, "none")
        heard(world, "complaint", about_person=world.people["village_lead"])
    items = {case: id for id, case in ListeningItem.objects.values_list("id", "case_id")}

    old = migrate(BEFORE)
    rows = old.get_model("cases", "ListeningItem").objects
    assert {row.transcript: row.translation for row in rows.all()} == dict(SAID.values())

    migrate(newest)
    duty = Person.objects.get(username="county_duty").id
    found = {row.source: row for row in Translation.objects.all()}
    kept = ("subject_id", "piece", "language", "target", "original", "text", "urgent", "confidential")
    shape = {
        name: tuple(getattr(row, field) for field in kept)
        for name in SAID
        if (row := found.get(items[cast.person_id(name)])) is not None
    }
    assert shape == {
        name: (cast.person_id(name), "transcript", *spoken, *SAID[name], name == "bo", name == "complaint")
        for name, spoken in {
            "bo": ("bo", "zh-hans"), "zh": ("zh-hans", "bo"), "complaint": ("bo", "zh-hans")
        }.items()
    }  # fmt: skip
    assert {(r.state, r.versions, r.written_by_id, r.written_at, r.due_at) for r in found.values()} == {
        ("done", 1, duty, AT, AT)
    }
