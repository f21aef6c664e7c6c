"""A new pack for any county works at once, its routing tests included."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulian.core.packs import BrokenPack, check, load, new
from mulian.core.packs.checking import run_tests
from mulian.core.packs.extract import areas_of, counties
from mulian.core.packs.making import number_prefix, slug

COUNTIES = {slug(county): county for county in counties()}


def test_there_are_45_county_units_with_names_of_their_own() -> None:
    assert len(counties()) == 45
    assert len(COUNTIES) == 45


def test_case_numbers_of_two_counties_never_look_alike() -> None:
    assert len({number_prefix(county) for county in counties()}) == 45


@pytest.mark.parametrize("name", sorted(COUNTIES))
def test_a_new_pack_works_at_once(name: str, tmp_path: Path) -> None:
    county = COUNTIES[name]
    made = new(county.code, tmp_path)
    pack = load(made)
    assert (made.name, pack.code) == (name, county.code)
    assert pack.area_rows() == areas_of(county.code)
    assert [str(fault) for fault in check(pack)] == []
    assert [str(fault) for fault in run_tests(pack)] == []
    assert len(pack.rows("tests", "case")) == 9


def test_every_area_below_the_prefecture_has_one_unit(tmp_path: Path) -> None:
    pack = load(new("632621", tmp_path))
    of_areas = [unit.area for unit in pack.unit_rows() if unit.kind != "department"]
    assert sorted(of_areas) == [area.code for area in pack.area_rows() if len(area.code) >= 6]


def test_the_demo_township_is_rural_and_has_villages(tmp_path: Path) -> None:
    pack = load(new("632621", tmp_path))
    township = pack.part("pack")["demo_township"]
    assert [a.kind for a in pack.area_rows() if a.code == township] == ["township"]
    assert len([a for a in pack.area_rows() if a.parent == township]) > 1


@pytest.mark.parametrize("code", ["632699", "110101", "6326", "", "gande"])
def test_a_county_of_elsewhere_is_refused(code: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenPack, match="none of Qinghai's 45 county units"):
        new(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    new("632621", tmp_path)
    (tmp_path / "maqin" / "pack.toml").write_text("mine")
    with pytest.raises(BrokenPack, match="exists already"):
        new("632621", tmp_path)
    assert (tmp_path / "maqin" / "pack.toml").read_text() == "mine"
