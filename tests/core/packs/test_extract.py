"""The shipped extract: kinds by code, names people say, nothing that is no place."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from mulian.core.packs.extract import areas_of, qinghai

BY_CODE = {area.code: area for area in qinghai()}


def test_how_many_there_are() -> None:
    assert Counter(area.level for area in qinghai()) == {
        "province": 1,
        "prefecture": 8,
        "county": 45,
        "township": 421,
        "village": 4696,
    }


@pytest.mark.parametrize(
    ("county", "figures"),
    [
        ("632623", {"town": 1, "township": 6, "village": 36, "community": 2}),
        ("632624", {"town": 1, "township": 9, "village": 33, "community": 3}),
        ("632724", {"town": 1, "township": 5, "village": 20, "community": 6}),
        ("632223", {"town": 2, "township": 4, "village": 29, "community": 7}),
    ],
)
def test_the_four_counties_have_what_the_reports_say(county: str, figures: dict[str, int]) -> None:
    below = Counter(area.kind for area in areas_of(county) if len(area.code) > 6)
    assert below == figures


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("632623205201", "江千村"),
        ("632223100200", "海峰村"),
        ("632223100202", "三角城村"),
        ("632724100001", "下社区"),
        ("632724100005", "曲那滩社区"),
        ("632624208201", "夏曲村"),
        ("632723104200", "扎玛村（一村）"),
        ("632723104209", "乐荣村（十村）"),
        ("632323103200", "红城村"),
        ("632521205001", "切吉社区"),
        ("632801401501", "河东农工商公司生活区"),
        ("632626100207", "玛查理新村"),
    ],
)
def test_names_are_what_people_say(code: str, name: str) -> None:
    assert BY_CODE[code].name_zh == name


def test_the_kind_follows_the_code() -> None:
    villages = [area for area in qinghai() if area.level == "village"]
    assert [a.code for a in villages if (a.kind == "community") != (int(a.code[-3:]) < 200)] == []


def test_no_title_of_a_committee_is_left() -> None:
    titles = re.compile("村委会|村民委员会|牧委会|居委会|居民委员会|村村|社区社区|^村$|^社区$|[()]")
    assert [a.name_zh for a in qinghai() if a.level == "village" and titles.search(a.name_zh)] == []


def test_what_is_no_place_is_left_out() -> None:
    assert [a.name_zh for a in qinghai() if re.search("监狱|虚拟|类似", a.name_zh)] == []
    assert [a.code for a in qinghai() if a.code.startswith("632221400")] == []


def test_every_area_has_its_parent() -> None:
    assert [a.code for a in qinghai() if a.parent and a.parent not in BY_CODE] == []


def test_tibetan_names_start_empty_and_all_rows_hold_from_the_cut_off() -> None:
    assert {(a.name_bo, a.valid_from) for a in qinghai()} == {("", date(2023, 6, 30))}


def test_english_names_are_latin() -> None:
    assert [a.name_en for a in qinghai() if not re.fullmatch(r"[A-Za-zü'() ]+", a.name_en)] == []
    assert BY_CODE["632801"].name_en == "Golmud City"
    assert BY_CODE["632223201"].name_en == "Halejing Mongol Township"
