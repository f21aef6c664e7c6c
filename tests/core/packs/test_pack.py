"""What a loaded pack answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from mulian.core.packs import Fault, UnitRow, current, load, names, said
from tests.core.packs.conftest import Spoil


def test_the_pack_of_this_installation(settings: Settings) -> None:
    settings.MULIAN_PACK = "zhiduo"
    assert (current().slug, current().code) == ("zhiduo", "632724")
    assert current() is current()


def test_names_of_the_shipped_counties() -> None:
    assert names() == ("dari", "gande", "haiyan", "zhiduo")


def test_a_name_falls_back_to_chinese_never_to_english() -> None:
    assert said({"zh": "桥", "bo": "", "en": "bridge"}, "bo") == "桥"
    assert said({"zh": "桥", "bo": "ཟམ་པ", "en": ""}, "en") == "桥"
    assert said({"zh": "桥", "bo": "ཟམ་པ", "en": "bridge"}, "zh-hans") == "桥"


def test_local_titles() -> None:
    gande, dari = load("gande"), load("dari")
    assert gande.title("liaison", "zh-hans") == "联户员"
    assert dari.title("liaison", "zh-hans") == "牧长"
    assert gande.head_title("county", "zh-hans") == "总指挥长"
    assert dari.head_title("grid", "en") == "Herder chief of a grid area"
    assert dari.level_title("grid", "zh-hans") == "片区"
    assert gande.level_title("cooperative", "en") == "Co-operative"


def test_units_are_named_after_their_area() -> None:
    units = {unit.code: unit for unit in load("gande").unit_rows()}
    assert units["village:632623204201"] == UnitRow(
        "village:632623204201",
        "village",
        "632623204201",
        "隆吉村村民委员会",
        "",
        "Longji Village villagers' committee",
    )
    assert units["village:632623100001"].name_zh == "柯曲社区居民委员会"
    assert units["township:632623204"].name_zh == "江千乡人民政府"
    assert units["county_centre"].area == "632623"
    assert units["dept.veterinary"].kind == "department"


def test_a_unit_has_a_tibetan_name_as_soon_as_its_area_has(gande: Path) -> None:
    text = (gande / "areas.csv").read_text(encoding="utf-8").replace("隆吉村,,", "隆吉村,ལུང་སྐྱིད,")
    (gande / "areas.csv").write_text(text, encoding="utf-8")
    units = {unit.code: unit for unit in load(gande).unit_rows()}
    assert units["village:632623204201"].name_bo == "ལུང་སྐྱིད་གྲོང་མི་ཨུ་ཡོན་ལྷན་ཁང"


def test_the_nearest_override_of_a_topic_wins(gande: Path, spoil: Spoil) -> None:
    faults = spoil(
        "topics.toml",
        '[[topic]]\ncode = "town.drain"\noverrides = [\n'
        '  { areas = ["632623204"], departments = ["dept.water"] },\n'
        '  { areas = ["632623204201"], departments = ["dept.housing"], at_once = ["dept.housing"] },\n]\n',
    )
    pack = load(gande)
    assert faults == []
    assert pack.topic("town.drain")["departments"] == ["dept.housing", "dept.water"]
    assert pack.topic("town.drain", "632623204200")["departments"] == ["dept.water"]
    assert pack.topic("town.drain", "632623204201G001")["at_once"] == ["dept.housing"]
    with pytest.raises(KeyError):
        pack.topic("sea")


def test_tibetan_is_a_draft_until_it_was_passed(gande: Path) -> None:
    assert load(gande).is_draft("ཟམ་པ")
    (gande / "review.toml").write_text('[review]\npassed = ["ཟམ་པ"]\n', encoding="utf-8")
    assert not load(gande).is_draft("ཟམ་པ")


def test_a_fault_reads_as_one_line() -> None:
    assert str(Fault("topics.toml", "road", "wrong")) == "topics.toml: road: wrong"
    assert str(Fault("topics.toml", "", "wrong")) == "topics.toml: wrong"
