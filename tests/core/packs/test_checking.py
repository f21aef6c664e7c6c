"""Every kind of fault is found, and named with its file and entry."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from mulian.core.packs import Fault, check, load
from mulian.core.packs.checking import run_tests
from mulian.core.packs.writing import wrong_writing
from mulian.kernel.refused import refused_in
from tests.core.packs.conftest import Spoil

NAMES = '{ zh = "名", bo = "མིང", en = "name" }'
TOPIC = f'[[topic]]\ncode = "road.new"\nparent = "road"\nname = {NAMES}\nfollows = "place"\n'
WORDS = '[topic.words]\nzh = ["新路"]\nbo = ["ལམ་གསར"]\n'


def test_a_good_pack_has_no_fault(spoil: Spoil) -> None:
    assert spoil("topics.toml", TOPIC + WORDS) == []


SPOILT = {
    "unknown key": ("topics.toml", TOPIC + 'colour = "red"\n' + WORDS, "unknown field `colour`"),
    "unknown table": (
        "topics.toml",
        "[[watch]]\ncode = 'x'\n",
        "topics.toml: watch: is no table of this file",
    ),
    "unknown file": ("watchlist.toml", 'a = "b"', "watchlist.toml: is no file of a pack"),
    "missing language": (
        "topics.toml",
        TOPIC.replace(', bo = "མིང"', "") + WORDS,
        "missing required field `bo`",
    ),
    "empty language": ("topics.toml", TOPIC.replace('"མིང"', '""') + WORDS, "`$.name.bo`"),
    "no Tibetan words": ("topics.toml", TOPIC + '[topic.words]\nzh = ["新路"]\n', "needs words"),
    "final mark": ("topics.toml", TOPIC + WORDS.replace("གསར", "གསར་"), "ends with a mark"),
    "follows nothing": (
        "topics.toml",
        TOPIC.replace('"place"', '"wind"') + WORDS,
        "Invalid enum value 'wind'",
    ),
    "dangling parent": ("topics.toml", TOPIC.replace('"road"', '"sea"') + WORDS, "parent 'sea'"),
    "fourth level": (
        "topics.toml",
        TOPIC.replace('"road"', '"herd.insurance.claim"') + WORDS,
        "no topic of the first or second level",
    ),
    "dangling department": (
        "topics.toml",
        TOPIC + 'departments = ["dept.sea"]\n' + WORDS,
        "'dept.sea' is no department",
    ),
    "a village is no department": (
        "topics.toml",
        TOPIC + 'at_once = ["county_centre"]\n' + WORDS,
        "'county_centre' is no department",
    ),
    "override elsewhere": (
        "topics.toml",
        TOPIC + 'overrides = [{ areas = ["632724"], departments = [] }]\n' + WORDS,
        "area 632724 is not in areas.csv",
    ),
    "hazard without topic": (
        "hazards.toml",
        f'[[hazard]]\ncode = "wind"\nname = {NAMES}\nicon = "wind"\nurgent = "always"\ntopic = "sea"\n',
        "topic 'sea' unknown",
    ),
    "promise without length": (
        "promises.toml",
        '[[promise]]\ncode = "x"\nkind = "take"\nfrom = 2025-01-01\n',
        "exactly one of minutes, hours, days",
    ),
    "promise of two lengths": (
        "promises.toml",
        '[[promise]]\ncode = "x"\nkind = "take"\nfrom = 2025-01-01\nhours = 1\ndays = 2\n',
        "exactly one of minutes, hours, days",
    ),
    "promise by no clock": (
        "promises.toml",
        '[[promise]]\ncode = "x"\nkind = "take"\nfrom = 2025-01-01\nhours = 1\nclock = "moon"\n',
        "clock 'moon' is no calendar",
    ),
    "promise that never held": (
        "promises.toml",
        '[[promise]]\ncode = "x"\nkind = "take"\nfrom = 2025-01-01\nuntil = 2024-01-01\nhours = 1\n',
        "ends before it begins",
    ),
    "day both off and on": (
        "calendars.toml",
        '[[calendar]]\ncode = "work"\nworkdays = [2026-10-01]\n',
        "2026-10-01 is both",
    ),
    "hours out of order": (
        "calendars.toml",
        '[[calendar]]\ncode = "work"\nhours = ["14:00-18:00", "09:00-12:00"]\n',
        "hours must follow one another",
    ),
    "role nobody has": ("roles.toml", f'[[role]]\ncode = "king"\ntitle = {NAMES}\n', "king: is no role"),
    "role without title": (
        "roles.toml",
        '[[role]]\ncode = "auditor"\ndrop = true\n',
        "auditor: has no title",
    ),
    "unit elsewhere": (
        "units.toml",
        f'[[unit]]\nkind = "department"\ncode = "dept.x"\nname = {NAMES}\narea = "632724"\n',
        "area 632724 unknown",
    ),
    "test elsewhere": (
        "tests.toml",
        '[[case]]\nname = "x"\nvillage = "632724100001"\nreceivers = []\nresponsible = "county_centre"\n',
        "area 632724100001 is not in areas.csv",
    ),
    "test without place": (
        "tests.toml",
        '[[case]]\nname = "x"\nreceivers = []\nresponsible = "county_centre"\n',
        "in none or in several ways",
    ),
    "test of an unknown unit": (
        "tests.toml",
        '[[case]]\nname = "x"\nunknown = true\nreceivers = ["dept.sea"]\nresponsible = "county_centre"\n',
        "unit 'dept.sea' unknown",
    ),
    "area without parent": (
        "areas.csv",
        "village,632623999200,632623999,village,无村,,Nowhere Village,2023-06-30",
        "its parent 632623999 does not stand before it",
    ),
    "area twice": (
        "areas.csv",
        "village,632623204200,632623204,village,恰曲纳合村,,Qiaqunahe Village,2023-06-30",
        "632623204200: stands there twice",
    ),
    "area under another": (
        "areas.csv",
        "village,632623204299,632623203,village,错村,,Wrong Village,2023-06-30",
        "do not fit together",
    ),
    "point of no area": ("points.csv", "632724100,33.6,96.0,draft,nobody", "632724100: is not in areas.csv"),
    "a refused department": (
        "units.toml",
        '[[unit]]\nkind = "department"\ncode = "dept.p"\nname = { zh = "公安局", bo = "ཅུས", en = "B" }\n',
        "'公安' is refused",
    ),
    "a refused duty": (
        "duties.toml",
        '[[duty]]\ncode = "x"\nname = { zh = "思想状况", bo = "གནས་ཚུལ", en = "minds" }\nitems = []\n',
        "'思想状况' is refused",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_fault_is_found(spoil: Spoil, case: str) -> None:
    file, text, said = SPOILT[case]
    faults = spoil(file, text)
    assert [fault for fault in faults if said in fault], faults


@pytest.mark.parametrize("stem", ["topics", "tests", "ladder", "liaisons"])
def test_a_missing_file_is_named(tmp_path: Path, stem: str) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "pack.toml").write_text('[name]\nzh = "县"\nbo = ""\nen = "c"\n', encoding="utf-8")
    assert f"{stem}.toml: is missing" in [str(fault) for fault in check(load(alone), parts=())]


def test_households_range_upside_down(gande: Path) -> None:
    text = (gande / "liaisons.toml").read_text().replace("households_min = 5", "households_min = 15")
    (gande / "liaisons.toml").write_text(text)
    assert [str(f) for f in check(load(gande), parts=())] == [
        "liaisons.toml: households_min: is more than households_max"
    ]


def part_of_a_module(*said: str) -> ModuleType:
    part = ModuleType("weather.pack")
    part.check = part.run_tests = lambda pack: [f"{pack.code} {one}" for one in said]  # type: ignore[attr-defined]
    return part


def test_the_parts_of_modules_speak_too(gande: Path) -> None:
    part = part_of_a_module("no wind")
    assert check(load(gande), parts=[part]) == [Fault("weather.pack", "", "632623 no wind")]
    assert run_tests(load(gande), parts=[part]) == [Fault("tests.toml", "", "632623 no wind")]


def test_a_module_may_own_a_file(spoil: Spoil, gande: Path) -> None:
    assert spoil("wind.toml", "speed = 3") == ["wind.toml: is no file of a pack"]
    part = part_of_a_module()
    part.FILES = ("wind",)  # type: ignore[attr-defined]
    assert check(load(gande), parts=[part]) == []


@pytest.mark.parametrize(
    "text",
    [
        "公安局",
        "县法院",
        "统战部",
        "民族宗教局",
        "重点人员",
        "Religious Affairs",
        "police",
        "ཉེན་རྟོག་ཅུས",
        "dept.police",
    ],
)
def test_refused_words(text: str) -> None:
    assert refused_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "孕产妇保健",
        "特殊教育学校",
        "特殊群体帮扶",
        "重点目标",
        "党员服务队",
        "司法所回诊",
        "寺沟村",
        "courtyard",
        "དམངས་སྲིད་ཅུས",
    ],
)
def test_legitimate_words_pass(text: str) -> None:
    assert refused_in(text) is None


@pytest.mark.parametrize("text", ["ཟམ་པ", "ཟམ་པ{name}", "桥", "bridge"])
def test_right_writing(text: str) -> None:
    assert wrong_writing(text) is None


@pytest.mark.parametrize("text", ["ཟམ་པ་", "ཟམ་པ།", "ཟམ་པ ཆད", "ཟམ་པ桥", "ག\u0f73"])
def test_wrong_writing(text: str) -> None:
    assert wrong_writing(text)
