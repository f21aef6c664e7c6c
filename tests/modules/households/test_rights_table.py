"""G7: the table of roles and items is what core/access really does, and the document is that table."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulian.core.access import actors
from mulian.core.access.models import Posting
from mulian.core.registry import grants
from mulian.kernel.actor import Role
from mulian.modules.households import queries
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.rights_table import Cell, table
from mulian.modules.households.queries.rights_text import text
from mulian.modules.households.web.showing import Shown
from tests.world import AT, TOWN, VILLAGE, World

pytestmark = pytest.mark.django_db

LENGTHS = {
    Role.TOWNSHIP_OFFICER: 9,
    Role.COUNTY_DUTY: 6,
    Role.LEADER: 6,
    Role.AUDITOR: 6,
    Role.ADMINISTRATOR: 6,
}
SIDES = {Side.REGISTERED: VILLAGE, Side.RESIDING: TOWN}
ROLES = [role for role in Role if role != Role.DEPARTMENT_OFFICER]


@pytest.mark.parametrize("role", ROLES)
def test_g7_the_table_is_what_the_page_of_a_family_of_two_villages_shows(world: World, role: Role) -> None:
    found: dict[str, tuple[set[Side], set[Side]]] = {line.code: (set(), set()) for line in table()}
    posting = Posting.objects.filter(person=world.people["grid_head"])
    for side, village in SIDES.items():
        posting.update(role=role, area_id=village[: LENGTHS.get(role, 12)])
        person = world.people["grid_head"]
        actors._cache.clear()
        who = actors.actor_of(person, AT)
        assert who is not None
        row = queries.household(world.households["dual"], who, AT)
        if row is None:
            continue
        shown = Shown(row, who, AT)
        for code in shown.readable:
            found[code][0].add(side)
        for code in shown.writable:
            found[code][1].add(side)

    wanted = {
        line.code: Cell(frozenset(found[line.code][0]), frozenset(found[line.code][1]))
        for line in table()
        if line.sort == "item"
    }
    assert {line.code: line.cells[role] for line in table() if line.sort == "item"} == wanted


def test_g7_what_is_sensitive_is_read_by_who_helps_only() -> None:
    helping = {role for role in Role if Permission.CARE in grants()[role]}
    reading = {role for line in table() if line.sensitive for role, cell in line.cells.items() if cell.reads}
    assert reading == helping == {Role.LIAISON, Role.VILLAGE_LEAD, Role.TOWNSHIP_OFFICER}


def test_the_document_is_the_table() -> None:
    written = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"
    assert written.read_text(encoding="utf-8") == text()
