"""The catalogue as pack data: thirty items a household, and what no county may add to it."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mulian.core import packs
from mulian.core.packs.finding import packs_folder
from mulian.modules.households.domain.catalogue import Item, Of, Type, months_after
from mulian.modules.households.pack import CAMP_FACTS
from mulian.modules.households.queries.catalogue import catalogue_of

ITEM = """
[[item]]
code = "{code}"
group = "work"
name = {{ zh = "{zh}", bo = "{bo}", en = "{en}" }}
type = "yes_no"
class = "S2"
owner = "residing"
sources = ["told"]
months = 12
"""
REFUSED = [
    ("faith", "宗教信仰", "དོན་ཚན", "Other"), ("folk", "民族成份", "དོན་ཚན", "Other"),
    ("x.mark", "重点人员", "དོན་ཚན", "Other"),
    ("opinion", "政治面貌", "དོན་ཚན", "Other"), ("births", "计划生育", "དོན་ཚན", "Other"),
    ("bio", "指纹", "དོན་ཚན", "Other"),
    ("a", "其他", "གྲྭ་པ", "Other"), ("b", "其他", "དོན་ཚན", "Household score rank: risk score"),
    ("c", "思 想 状 况", "དོན་ཚན", "Other"),
    ("religion", "其他", "དོན་ཚན", "Other"),
]  # fmt: skip
LOOKALIKES = [
    ("temple_road", "寺沟村道路", "ལམ", "Road to Sigou village"),
    ("maternal", "孕产妇保健", "འཕྲོད་བསྟེན", "Maternal care"),
    ("special", "特殊教育", "སློབ་གསོ", "Special education"),
    ("party_work", "党员服务队上门", "ཞབས་ཞུ", "Visited by the service team"),
    ("site", "重点目标", "ས་གནས", "Critical site"), ("folk_school", "民族中学", "སློབ་གྲྭ", "Middle school"),
]  # fmt: skip


def county(tmp_path: Path, register: str) -> packs.Pack:
    """Gande with a register.toml of its own."""
    folder = tmp_path / "gande"
    shutil.copytree(packs_folder() / "gande", folder)
    shutil.copytree(packs_folder() / "base", tmp_path / "base")
    (folder / "register.toml").write_text(register, encoding="utf-8")
    return packs.load(folder)


def faults(pack: packs.Pack) -> list[str]:
    """What is wrong with the register; a form that asks what the county took away is another matter."""
    return [text for fault in packs.check(pack) if "forms/" not in (text := str(fault))]


@pytest.mark.parametrize("name", ["gande", "dari", "zhiduo", "haiyan"])
def test_every_county_asks_thirty_items_of_a_household_in_every_group(name: str) -> None:
    held = catalogue_of(packs.load(name))
    groups = Counter(item.group for item in held.items.values())

    assert len(held.of(Of.HOUSEHOLD)) >= 30
    assert set(groups) == set(held.groups)
    assert {"cover", "livestock", "pasture", "shelter", "water", "power", "road", "signal", "school"} <= set(
        groups
    )
    assert set(held.needs) == {"elder_alone", "disability", "chronic", "infants", "orphan", "low_income"}
    assert not [code for code, item in held.items.items() if item.type == Type.TEXT]
    assert {item.code for item in held.of(Of.CAMP)} == CAMP_FACTS


@pytest.mark.parametrize(("code", "zh", "bo", "en"), REFUSED)
def test_g1_what_is_refused_cannot_become_an_item(
    tmp_path: Path, code: str, zh: str, bo: str, en: str
) -> None:
    found = faults(county(tmp_path, ITEM.format(code=code, zh=zh, bo=bo, en=en)))

    assert len(found) >= 1
    assert all("is refused: no pack may name it" in fault and "register.toml" in fault for fault in found)


@pytest.mark.parametrize(("code", "zh", "bo", "en"), LOOKALIKES)
def test_g1_words_that_only_look_so_pass(tmp_path: Path, code: str, zh: str, bo: str, en: str) -> None:
    assert faults(county(tmp_path, ITEM.format(code=code, zh=zh, bo=bo, en=en))) == []


WRONG = [
    ('[[item]]\ncode = "dwelling.toilet"\ntype = "choice"', "has no choices"),
    ('[[item]]\ncode = "dwelling.rooms"\ngroup = "moon"', "group 'moon' is not in register.toml"),
    ('[[item]]\ncode = "pasture.area"\nmost = 300000', "a number needs `most`"),
    ('[[item]]\ncode = "dwelling.rooms"\nclass = "S3"', "class S3 needs `purpose` and `keep_months`"),
    ('[[item]]\ncode = "dwelling.rooms"\nages = [9, 3]', "ages go from the younger"),
    ('[[item]]\ncode = "camp.water"\ndrop = true', "phones know this item"),
    ('[[item]]\ncode = "dwelling.toilet"\nof = "camp"', "an item of a camp is one of those"),
    ('[[item]]\ncode = "dwelling.rooms"\nmonths = 0', "Expected `int` >= 1"),
    ('[[item]]\ncode = "dwelling.rooms"\nscore = 3', "unknown field `score`"),
]  # fmt: skip


@pytest.mark.parametrize(("register", "wanted"), WRONG)
def test_a_wrong_catalogue_is_said_with_its_item(tmp_path: Path, register: str, wanted: str) -> None:
    found = faults(county(tmp_path, register))
    assert [wanted in fault for fault in found] == [True]


def test_a_county_changes_by_code_and_takes_away(tmp_path: Path) -> None:
    change = (
        '[[item]]\ncode = "dwelling.rooms"\nmonths = 6\n[[item]]\ncode = "livelihood.loan"\ndrop = true\n'
    )
    pack = county(tmp_path, change)
    held = catalogue_of(pack)

    assert faults(pack) == []
    assert (held.items["dwelling.rooms"].months, "livelihood.loan" in held.items) == (6, False)
    assert held.items["dwelling.rooms"].name["zh"] == "房间数"


MONTHS = [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)),
    (date(2026, 11, 22), 2, date(2027, 1, 22)), (date(2026, 12, 5), 12, date(2027, 12, 5)),
    (date(2026, 1, 5), -2, date(2025, 11, 5)),
]  # fmt: skip


@pytest.mark.parametrize(("day", "months", "wanted"), MONTHS)
def test_months_are_calendar_months(day: date, months: int, wanted: date) -> None:
    assert months_after(day, months) == wanted


def test_an_item_is_stale_from_the_day_its_months_are_over() -> None:
    item = Item(code="x", group="g", name={}, type=Type.COUNT, months=6)
    seen = [item.stale(date(2026, 5, 22), date(2026, 11, day)) for day in (21, 22, 23)]
    assert seen == [False, True, True]
