"""Whichever way a complaint names whom it is about, nothing that brings cases together or publishes them takes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import merging
from mulian.modules.cases.models import NO_COMPLAINT, Case
from mulian.modules.cases.queries import alike, mass
from tests import world as cast
from tests.modules.cases.conftest import BRIDGE, Line, later

pytestmark = pytest.mark.django_db(databases="__all__")
WAYS = ("about_person", "about_unit", "about_area")


def about(line: Line, way: str) -> dict[str, Any]:
    whom = {
        "about_person": line.world.people["liaison"],
        "about_unit": line.world.units["village:632623204201"],
        "about_area": cast.GRID,
    }
    return {way: whom[way]}


@pytest.mark.parametrize("way", WAYS)
def test_it_counts_as_one_in_the_row_and_in_the_filter(line: Line, way: str) -> None:
    plain, said = line.report(text=BRIDGE), line.report(by="liaison2", text=BRIDGE, **about(line, way))
    assert (plain.complaint, said.complaint) == (False, True)
    rows = Case.unscoped.because("test").filter(NO_COMPLAINT)
    assert set(rows.values_list("id", flat=True)) == {plain.id}
    assert set(Case.unscoped.because("test").filter(~Q(NO_COMPLAINT)).values_list("id", flat=True)) == {
        said.id
    }


@pytest.mark.parametrize("way", WAYS)
def test_it_is_neither_suggested_nor_joined_nor_counted(line: Line, way: str) -> None:
    officer = line.world.actor("county_duty", later(minutes=2))
    plain = line.report(text=BRIDGE)
    said = line.report(by="liaison2", at=later(minutes=1), text=BRIDGE, **about(line, way))
    assert alike.candidates(plain, officer, later(minutes=2)) == []
    assert alike.candidates(said, officer, later(minutes=2)) == []
    with pytest.raises(Problem, match=r"not_joinable|not_found"):
        merging.merge(case=said.id, into=plain.id, actor=officer, at=later(minutes=2))
    assert [each.id for each in mass.uncounted([plain.id, said.id])] == [plain.id]
