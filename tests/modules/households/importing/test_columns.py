"""Headings get their meaning by words of three languages; refused ones get none, and no identity number stays."""

from __future__ import annotations

from datetime import date

import pytest

from mulian.core.packs import load
from mulian.modules.households.domain.catalogue import Catalogue
from mulian.modules.households.domain.importing import columns
from mulian.modules.households.domain.importing.reading import Reader
from mulian.modules.households.queries.importing import rules_of

WORDS = rules_of(load("gande")).headings


def test_headings_of_two_lines_under_a_title_are_found_and_joined() -> None:
    lines = [
        ["恰曲纳合村户籍台账", "恰曲纳合村户籍台账", "恰曲纳合村户籍台账", "恰曲纳合村户籍台账"],
        ["户编号", "家庭成员", "家庭成员", "牲畜"],
        ["户编号", "姓名", "出生年月", "牦牛（头）"],
        ["204200-0001", "才让", "1977-01", "40"],
    ]

    assert columns.guess(lines, WORDS) == (1, 2)
    found = columns.headings(lines, 1, 2)
    assert [one.title for one in found] == [
        "户编号",
        "家庭成员 · 姓名",
        "家庭成员 · 出生年月",
        "牲畜 · 牦牛（头）",
    ]
    assert columns.suggestions(found, WORDS, {}) == {
        0: "household.number", 1: "member.name", 2: "member.birth_year", 3: "livestock.yak",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("户主姓名*", "household.name"),
        ("ཁྱིམ་བདག", "household.name"),
        ("Birth year", "member.birth_year"),
        ("与户主关系", "member.relation"),
        ("年收入（元）", "livelihood.income"),
        ("备注", ""),
    ],
)
def test_what_a_heading_means(title: str, target: str) -> None:
    assert columns.meaning([title], WORDS) == target


def test_a_meaning_of_last_time_wins_and_each_is_given_once() -> None:
    found = columns.headings([["名字", "户主", "户主姓名"]], 0, 0)

    assert columns.suggestions(found, WORDS, {"名字": "member.name", "户主姓名": ""}) == {
        0: "member.name", 1: "household.name",
    }  # fmt: skip


@pytest.mark.parametrize(
    "title", ["民族成分", "宗教信仰", "政治面貌", "身份证号码", "公民身份号码", "ཆོས་ལུགས", "ID number"]
)
def test_g1_a_refused_heading_names_its_word_and_is_never_suggested(title: str) -> None:
    found = columns.headings([[title, "姓名"]], 0, 0)

    assert found[0].refused
    assert columns.suggestions(found, WORDS, {title: "member.name_bo"}) == {1: "member.name"}


@pytest.mark.parametrize("title", ["寺沟村", "孕产妇保健", "特殊教育", "户编号", "党员服务队"])
def test_g1_legitimate_headings_pass(title: str) -> None:
    assert columns.refusal(title) == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("11010519491231002X", ""),
        ("才让11010519491231002X，男", "才让，男"),
        ("110105194912310021", "110105194912310021"),
        ("632623204200000001", "632623204200000001"),
    ],
)
def test_identity_numbers_are_left_out_whatever_the_heading(text: str, left: str) -> None:
    assert columns.without_identity(text) == left


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1977", "1977"), ("1977.0", "1977"), ("1977年3月", "1977"), ("197703", "1977"), ("19770312", "1977"),
        ("12.3.1977", "1977"), ("约1977", "1977"), ("19204", None), ("32018", None), ("197", None), ("2077", None),
    ],
)  # fmt: skip
def test_a_year_of_birth_is_a_year_and_never_the_days_a_program_counts(text: str, year: str | None) -> None:
    reader = Reader({0: "member.birth_year"}, Catalogue({}, {}, {}, {}), {}, {}, {}, date(2026, 11, 22))
    entry = reader.read(2, {0: text})
    assert entry.fields.get("member.birth_year") == year
    assert [fault.code for fault in entry.faults] == ([] if year else ["households.import_year"])


@pytest.mark.parametrize(
    ("cell", "own", "names"),
    [
        ("措杰风 མཚོ་རྒྱལ་རླུང", "", ("措杰风", "མཚོ་རྒྱལ་རླུང")),
        ("མཚོ་རྒྱལ་རླུང（措杰风）", "", ("措杰风", "མཚོ་རྒྱལ་རླུང")),
        ("措杰风/མཚོ་རྒྱལ་", "མཚོ་རྒྱལ་རླུང", ("措杰风", "མཚོ་རྒྱལ་རླུང")),
        ("措杰风", "", ("措杰风", None)),
        ("མཚོ་རྒྱལ་རླུང", "", ("མཚོ་རྒྱལ་རླུང", None)),
    ],
)  # fmt: skip
def test_a_name_in_both_scripts_in_one_cell_is_two_names(
    cell: str, own: str, names: tuple[str, str | None]
) -> None:
    mapping = {0: "household.name", 1: "household.name_bo"}
    reader = Reader(mapping, Catalogue({}, {}, {}, {}), {}, {}, {}, date(2026, 11, 22))
    entry = reader.read(2, {0: cell, 1: own})
    assert (entry.fields["household.name"], entry.fields.get("household.name_bo")) == names
