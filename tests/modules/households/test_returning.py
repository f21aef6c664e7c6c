"""Returns upward: the superior's workbook, marked once, filled from the ledger, formats untouched, kept as sent."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from openpyxl.styles import Font

from mulian.core.access.models import Person
from mulian.core.sheets.filling import filled
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Fact, returning
from mulian.modules.households.actions.returning import Column
from mulian.modules.households.domain.returning import Figure, Mark, letters, wrong_totals
from mulian.modules.households.models import Return, ReturnForm
from mulian.modules.households.queries import returning as queries
from mulian.modules.households.queries.catalogue import catalogue
from tests.world import AT, TOWNSHIPS, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db


def template() -> bytes:
    """Two villages, a total, a sum of their own, a bold heading over merged cells."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.merge_cells("A1:D1")
    page["A1"] = "江千乡月报"
    page["A1"].font = Font(bold=True, size=18)
    for row in (["村", "户数", "牦牛", "备注"], ["恰曲纳合村"], ["隆吉村"], ["合计"]):
        page.append(row)
    page["D5"] = "=SUM(C3:C4)"
    page["C3"].number_format = "#,##0"
    page.column_dimensions["A"].width = 31
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form_of(world: World) -> ReturnForm:
    row = returning.add_form(
        id=uuid7(), name="月报", receiver="州农牧局", area=TOWNSHIPS[0], file=template(),
        actor=world.actor("township_officer"), at=AT,
    )  # fmt: skip
    for column, figure in (("B", "households"), ("C", "sum:livestock.yak")):
        wanted = Column(sheet=0, column=column, names="A", first=2, last=20, figure=figure)
        assert (
            returning.mark_column(form=row.id, column=wanted, actor=world.actor("township_officer"), at=AT)
            == 3
        )
    row.refresh_from_db()
    return row


def test_a_marked_column_is_filled_by_place_and_the_rest_stays_as_it_was(world: World) -> None:
    near = world.households["near"]
    actions.update_household(
        household=near, facts=[Fact(code="livestock.yak", value=40)], actor=SYSTEM, at=AT
    )
    row = form_of(world)

    made = returning.fill_return(form=row.id, actor=world.actor("township_officer"), at=AT)

    page: Any = openpyxl.load_workbook(io.BytesIO(bytes(made.file))).active
    homes = [page["B3"].value, page["B4"].value, page["B5"].value]
    assert homes[0] + homes[1] == homes[2]
    assert [page["C3"].value, page["C4"].value, page["C5"].value] == [40, 0, 40]
    assert (page["A1"].value, page["A1"].font.size, page["D5"].value) == ("江千乡月报", 18, "=SUM(C3:C4)")
    assert (page["C3"].number_format, page.column_dimensions["A"].width) == ("#,##0", 31)
    assert bytes(ReturnForm.objects.get(id=row.id).file) == bytes(row.file)
    yak = next(one for one in made.figures if one["cell"] == "C3")
    assert (yak["area"], yak["of"] - yak["unknown"], yak["stale"]) == (VILLAGE, 1, 0)


def test_stale_and_unknown_stand_behind_each_figure_and_the_copy_is_kept(world: World) -> None:
    near = world.households["near"]
    old = AT.date() - timedelta(days=1000)
    actions.update_household(
        household=near, facts=[Fact(code="livestock.yak", value=40, as_of=old)], actor=SYSTEM, at=AT
    )
    officer = world.actor("township_officer")
    made = returning.fill_return(form=form_of(world).id, actor=officer, at=AT)

    yak = next(one for one in made.figures if one["cell"] == "C3")
    assert (yak["value"], yak["stale"]) == (40, 1)
    returning.send_return(made=made.id, actor=officer, at=AT)
    actions.update_household(household=near, facts=[Fact(code="livestock.yak", value=1)], actor=SYSTEM, at=AT)
    assert bytes(Return.objects.get(id=made.id).file) == bytes(made.file)
    with pytest.raises(Problem) as sent:
        returning.send_return(made=made.id, actor=officer, at=AT)
    assert sent.value.code == "households.return_sent"


def test_a_copy_stands_beside_the_one_sent_before_and_names_who_signed(world: World) -> None:
    near, officer, row = world.households["near"], world.actor("township_officer"), form_of(world)

    def copy(yaks: int, hours: int) -> Return:
        at = AT + timedelta(hours=hours)
        told = [Fact(code="livestock.yak", value=yaks, as_of=at.date())]
        actions.update_household(household=near, facts=told, actor=SYSTEM, at=at)
        return returning.fill_return(form=row.id, actor=officer, at=at)

    first = copy(40, 0)
    assert queries.sent_before(copy(44, 1)) is None, "what was not sent is nothing to compare with"
    sent = returning.send_return(made=first.id, actor=officer, at=AT)
    sent.refresh_from_db()
    assert sent.sent_by == officer.person
    third = copy(35, 2)
    before = queries.sent_before(third)
    assert before == first
    changed = queries.differences(third, before)
    assert {cell: (one.before, one.change) for (_, cell), one in changed.items() if cell[0] == "C"} == {
        "C3": (40, -5), "C4": (0, 0), "C5": (40, -5)
    }  # fmt: skip
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=officer.person))
    shown = client.get(f"/households/returns/copies/{third.id}/").content.decode()
    assert "-5" in shown.replace("−", "-")
    signed = client.get(f"/households/returns/copies/{first.id}/").content.decode()
    assert Person.objects.get(id=officer.person).name in signed


def test_totals_that_do_not_agree_are_named() -> None:
    def figure(cell: str, value: int, total: bool = False) -> Figure:
        return Figure(Mark(0, cell, "people", VILLAGE2, total), value)

    right, wrong = figure("B5", 3, True), figure("C5", 4, True)

    assert wrong_totals([figure("B3", 1), figure("B4", 2), right, figure("C3", 3), wrong]) == [wrong]
    assert [letters(at) for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize(("what", "code"), [
    ({"cell": "5B"}, "households.return_cell"),
    ({"figure": "sum:nothing"}, "households.return_figure"),
    ({"area": "632623200"}, "not_found"),
])  # fmt: skip
def test_what_cannot_be_marked(world: World, what: dict[str, str], code: str) -> None:
    row = form_of(world)
    wanted = Mark(**{"sheet": 0, "cell": "B9", "figure": "people", "area": VILLAGE, **what})  # type: ignore[arg-type]

    with pytest.raises(Problem) as refused:
        returning.mark_cell(form=row.id, mark=wanted, actor=world.actor("township_officer"), at=AT)

    assert refused.value.code == code


def test_nothing_sensitive_is_a_figure() -> None:
    from mulian.modules.households.domain.returning import figures

    sensitive = {code for code, item in catalogue().items.items() if item.sensitive}
    assert not {figure.partition(":")[2].partition("=")[0] for figure in figures(catalogue())} & sensitive


def test_text_is_never_a_formula_and_what_is_no_workbook_is_refused() -> None:
    page: Any = openpyxl.load_workbook(io.BytesIO(filled(template(), {(0, "B3"): "=1+1"}))).active
    assert (page["B3"].value, page["B3"].data_type) == ("=1+1", "s") or page["B3"].quotePrefix

    for content in (b"PK\x03\x04", b"%PDF"):
        with pytest.raises(Problem) as refused:
            filled(content, {})
        assert refused.value.code == "sheets.unreadable"


def test_g5_another_area_s_form_does_not_exist(world: World) -> None:
    row = form_of(world)
    for username in ("outsider", "village_lead", "auditor"):
        with pytest.raises(Problem) as refused:
            returning.fill_return(form=row.id, actor=world.actor(username), at=AT)
        assert refused.value.code == "not_found"
    assert isinstance(row.id, UUID)
