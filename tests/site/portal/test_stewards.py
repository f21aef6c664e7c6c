"""Complaints past one's own liaison, and who serves a family: no answer tells whether a household is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.core.access.models import Exclusion
from mulian.core.events import deliveries, stamper
from mulian.core.notify.models import Notice
from mulian.core.registry import resolve, syncables
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from tests.site.portal.conftest import Visitor, cases
from tests.world import GRID, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
WORDS = "联户员三个月没来过"


def test_a_complaint_reaches_the_office_and_never_those_it_is_about(visitor: Visitor, world: World) -> None:
    visitor.send("/public/complaint/", text=WORDS, area=GRID)
    [case] = cases()
    assert (case.about_area, case.responsible_unit.code) == (GRID, f"village:{VILLAGE}")  # type: ignore[union-attr]
    barred = Exclusion.objects.filter(subject_kind="case", subject_id=case.id)
    assert set(barred.values_list("person__username", flat=True)) == {"liaison"}
    accused, later = world.actor("liaison"), visitor.at + timedelta(days=1)
    seen = Case.objects.visible_to(accused, Permission.VIEW, at=later)
    assert list(seen) == []
    for kind in syncables():
        held = {str(each) for each in resolve(kind.visible)(accused, later)}
        assert str(case.id) not in held, kind.kind
    assert not Notice.objects.filter(person=accused.person, subject_id=case.id).exists()


def test_a_village_chosen_bars_all_its_liaisons(visitor: Visitor) -> None:
    visitor.send("/public/complaint/", text=WORDS, area=VILLAGE)
    barred = Exclusion.objects.filter(subject_kind="case", subject_id=cases()[0].id)
    assert set(barred.values_list("person__username", flat=True)) == {"liaison", "liaison2"}


def ask(visitor: Visitor, name: str, address: str = "203.0.113.7") -> tuple[int, str, int]:
    """Status, where it leads, and how many statements it took."""
    visitor.address = address
    filled = visitor.blank("/public/steward/")
    visitor.at += timedelta(seconds=20)
    said = {**filled, "village": VILLAGE, "name": name, "phone": "000-0000", "reach": "139-0000-0000"}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = visitor.post("/public/steward/", said)
    return answer.status_code, answer.headers.get("Location", ""), len(asked)


def test_known_and_unknown_families_get_the_same_answer_at_the_same_cost(world: World) -> None:
    ask(Visitor(), "合成第一人")
    known, unknown = ask(Visitor(), "合成户主near", "198.51.100.1"), ask(Visitor(), "无此人", "198.51.100.2")
    assert known == unknown
    assert known[:2] == (302, "/public/sent/")
    pages = [Visitor().get("/public/steward/", village=VILLAGE).content.decode() for _ in range(1)]
    assert "合成" not in pages[0]


def test_the_liaison_of_a_known_family_learns_of_it_and_of_an_unknown_one_the_village(
    visitor: Visitor, world: World, whole_log: None
) -> None:
    for name, address in (("合成户主near", "198.51.100.1"), ("无此人", "198.51.100.2")):
        ask(visitor, name, address)
    stamper.stamp(visitor.at)
    deliveries.run_due(visitor.at)
    found = {case.household: case for case in cases()}
    assert set(found) == {world.households["near"], None}
    liaison = Case.objects.visible_to(world.actor("liaison"), Permission.VIEW, at=visitor.at)
    assert set(liaison) == {found[world.households["near"]]}
    assert {case.responsible_unit.code for case in found.values()} == {f"village:{VILLAGE}"}  # type: ignore[union-attr]
    assert "139-0000-0000" in {case.on_behalf_of for case in found.values()}


def test_asking_is_limited_and_needs_two_things(visitor: Visitor) -> None:
    answers = [ask(visitor, "合成户主near")[0] for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    filled = visitor.blank("/public/steward/")
    one = visitor.post("/public/steward/", {**filled, "village": VILLAGE, "name": "x", "reach": "1"})
    assert one.status_code in (422, 429)


def test_duties_are_shown_and_no_person(visitor: Visitor, world: World) -> None:
    page = visitor.get("/public/steward/", village=VILLAGE)
    assert len(page.context["duties"]) >= 4
    assert "合成" not in page.content.decode()
    assert {duty.telephone for duty in page.context["duties"]} == {""}
