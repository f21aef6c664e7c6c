"""What ODK Collect meets in a year: versions, a form taken back, edits, a wrong clock, fifty forms at one network."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.kernel.actor import SYSTEM
from mulian.modules.forms.actions.publishing import retire
from tests.gateways.openrosa.conftest import Collect, filled, instance, publish_pens, rows, said
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "{http://openrosa.org/xforms/xformsList}"


def offered(collect: Collect) -> dict[str | None, str | None]:
    """form → the version on the list."""
    found = collect.tree("formList")
    return {each.findtext(f"{LIST}formID"): each.findtext(f"{LIST}version") for each in found}


def test_a_new_version_takes_the_place_of_the_old_whose_answers_still_come(collect: Collect) -> None:
    before = collect.get("formList")
    publish_pens("2")
    assert offered(collect) == {"family": "1", "pens": "2"}
    assert collect.get("forms/pens/1/form.xml").status_code == 200
    assert said(collect.send(filled(name="old form")))[0] == 201
    assert [row.form.version for row in rows()] == ["1"]
    assert before.headers["ETag"] != collect.get("formList").headers["ETag"]


def test_a_form_that_was_taken_back_leaves_the_list_and_what_was_filled_in_is_taken(collect: Collect) -> None:
    retire(code="pens", actor=SYSTEM, at=AT)
    assert offered(collect) == {"family": "1"}
    named = filled(name="filled before")
    assert [said(collect.send(named))[:2], said(collect.send(named))[:2]] == [(201, "submit_success")] * 2
    assert [row.form.version for row in rows()] == ["1"]


@pytest.mark.parametrize(
    "path",
    ["formList", "forms/family/1/manifest", "forms/pens/1/form.xml", "forms/family/1/lists/households.csv"],
)
def test_what_did_not_change_costs_no_bytes(collect: Collect, path: str) -> None:
    first = collect.get(path)
    again = collect.get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["X-OpenRosa-Version"]) == (304, b"", "1.0")
    assert collect.get(path, **{"If-None-Match": '"another"'}).content == first.content


def test_an_edit_of_an_edit_is_one_line_of_answers_and_each_is_replaced_once(collect: Collect) -> None:
    def edit(name: str, of: str) -> int:
        return said(collect.send(filled(f"<roof>{name}</roof>", name=name, deprecated=instance(of))))[0]

    assert edit("early", "first") == 404  # the edit overtook what it corrects
    assert said(collect.send(filled(name="first")))[0] == 201
    assert [edit("early", "first"), edit("early", "first"), edit("third", "early")] == [201, 201, 201]
    assert [edit("late", "first"), edit("late", "early"), edit("late", "third")] == [409, 409, 201]
    assert sorted((row.answers["roof"], row.state) for row in rows()) == [
        ("early", "replaced"), ("late", "kept"), ("third", "replaced"), ("好", "replaced")
    ]  # fmt: skip


@pytest.mark.parametrize("days", [-366, 366])
def test_a_clock_that_is_a_year_off_loses_nothing_and_tells_nothing_of_tomorrow(
    collect: Collect, world: World, days: int
) -> None:
    when = (AT + timedelta(days=days)).isoformat()
    home = world.households["near"]
    inside = f"<mulian_subject>{home}</mulian_subject><word>好</word><mulian_end>{when}</mulian_end>"
    assert said(collect.send(filled(inside, form="family")))[0] == 201
    (row,) = rows()
    assert (row.state, row.household, row.written_at <= AT) == ("kept", home, True)


def test_fifty_forms_go_out_at_one_network(collect: Collect) -> None:
    def one(name: str) -> tuple[int, int]:
        asked = collect.client.head(f"{collect.base}/submission").status_code
        return asked, said(collect.send(filled(name=name)))[0]

    assert {one(f"form {at}") for at in range(50)} == {(204, 201)}
    assert len(rows()) == 50
