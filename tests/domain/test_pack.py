"""The case part of a pack: read whole, every error named, its own rows run."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases import pack as case_pack
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.domain.staffing import Level
from tests.domain.county import COUNTY, T1, TOWN, V1, V3


@dataclass(frozen=True)
class Area:
    code: str
    name_zh: str
    name_bo: str = ""


@dataclass(frozen=True)
class Office:
    code: str
    kind: str
    area: str


@dataclass(frozen=True)
class Spot:
    code: str
    lat: float
    lon: float


TABLES: dict[str, dict[str, Any]] = {
    "pack": {"number_prefix": "QY"},
    "topics": {
        "topic": [
            {"code": "road", "name": {"zh": "路"}, "parent": "", "follows": "place", "words": {"zh": ["路断", "桥断"]},
             "departments": ["dept.transport"]},
            {"code": "fire", "name": {"zh": "火"}, "follows": "place", "words": {"zh": ["着火", "火"]},
             "at_once": ["dept.emergency"]},
            {"code": "house", "name": {"zh": "房"}, "follows": "place", "words": {"zh": ["漏雨"]}},
            {"code": "pension", "name": {"zh": "养老"}, "follows": "person", "words": {"zh": ["养老金"]}},
        ]
    },
    "hazards": {
        "hazard": [
            {"code": "fire", "name": {"zh": "火灾", "bo": "མེ་སྐྱོན"}, "urgent": "always", "topic": "fire"},
            {"code": "collapse", "name": {"zh": "房屋倒塌"}, "urgent": "always", "topic": "house"},
            {"code": "house", "name": {"zh": "房屋受损"}, "urgent": "danger", "topic": "house"},
        ]
    },
    "promises": {
        "promise": [
            {"code": "solve", "kind": "solve", "days": 3, "clock": "work", "from": date(2025, 1, 1)},
            {"code": "take", "kind": "take", "urgent": True, "minutes": 15, "clock": "round", "from": date(2025, 1, 1)},
            {"code": "contact", "kind": "contact", "hours": 1, "from": date(2025, 1, 1), "areas": [T1]},
        ]
    },
    "calendars": {
        "calendar": [{"code": "work", "hours": ["09:00-12:00", "14:30-24:00"], "weekdays": [1, 2, 3, 4, 5]}]
    },
    "ladder": {
        "remind_at": 0.8, "step_hours": 24, "orders": ["village", "township", "county", "department"],
        "quiet": {"from": "22:00", "to": "07:00"},
        "urgent": {"township_and_leader_on_duty_minutes": 15, "all_leaders_minutes": 30},
        "overrides": [{"areas": [T1], "step_hours": 8, "remind_at": 0.5}],
    },
    "tests": {"case": []},
}  # fmt: skip
OFFICES = (
    *(Office(f"village:{code}", "village", code) for code in (V1, V3, TOWN)),
    Office(f"township:{T1}", "township", T1),
    Office("county_centre", "county_centre", COUNTY),
    Office("dept.transport", "department", COUNTY),
    Office("dept.emergency", "department", COUNTY),
)


@dataclass(frozen=True)
class Pack:
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: TABLES)
    code: str = COUNTY
    areas: tuple[Area, ...] = (Area(T1, "白水乡"), Area(V1, "白水村"), Area(V3, "格日多玛村"))
    units: tuple[Office, ...] = OFFICES
    points: tuple[Spot, ...] = (Spot(V3, 34.0, 100.0),)

    def part(self, name: str) -> Mapping[str, Any]:
        return self.tables.get(name, {})


def with_row(file: str, table: str, row: dict[str, Any]) -> Pack:
    rows = [*TABLES[file].get(table, ()), row]
    return Pack({**TABLES, file: {**TABLES[file], table: rows}})


def test_a_good_pack_is_read_whole() -> None:
    rules = case_pack.rules_of(Pack())
    assert case_pack.check(Pack()) == []
    assert (rules.county, rules.number_prefix, len(rules.units)) == (COUNTY, "QY", len(OFFICES))
    assert rules.policy.calendar("work").hours == ((540, 720), (870, 1440))
    assert rules.policy.calendar("work").weekdays == frozenset(range(5))
    assert {
        rule.kind: rule.amount.within(rules.policy.calendar(rule.clock)) for rule in rules.policy.rules
    } == {
        PromiseKind.SOLVE: 3 * timedelta(minutes=750),
        PromiseKind.TAKE: timedelta(minutes=15),
        PromiseKind.CONTACT: timedelta(hours=1),
    }


def test_overrides_of_an_area_reach_ladder_and_reminder() -> None:
    rules = case_pack.rules_of(Pack())
    assert rules.ladders.rules_for(V1).step == timedelta(hours=8)
    assert rules.ladders.rules_for(COUNTY).step == timedelta(hours=24)
    assert rules.ladders.usual.orders == (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.DEPARTMENT)
    assert (rules.policy.share(V1), rules.policy.share(COUNTY)) == (0.5, 0.8)


def test_a_hazard_takes_the_words_of_its_topic_unless_another_shares_it() -> None:
    hazards = case_pack.rules_of(Pack()).hazards.by_code
    assert hazards["fire"].words["zh"] == ("火灾", "着火")
    assert hazards["collapse"].words["zh"] == ("房屋倒塌",)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (with_row("topics", "topic", {"code": "x"}), "topics.toml [[topic]] x: name is missing"),
        (with_row("topics", "topic", {"code": "x", "name": {}, "parent": "no"}), "topics.toml [[topic]] x: parent no is not a topic"),
        (with_row("topics", "topic", {"code": "x", "name": {}, "follows": "moon"}), "topics.toml [[topic]] x: 'moon' is not a valid Follows"),
        (with_row("promises", "promise", {"code": "x", "kind": "solve", "from": date(2025, 1, 1)}), "promises.toml [[promise]] x: one of minutes, hours, days must say how long"),
        (with_row("promises", "promise", {"code": "x", "kind": "solve", "days": 1, "from": "2025"}), "promises.toml [[promise]] x: '2025' is no date"),
        (with_row("promises", "promise", {"code": "x", "kind": "solve", "days": 1, "clock": "moon", "from": date(2025, 1, 1)}), "promises.toml [[promise]] x: clock moon is neither round nor a calendar"),
        (with_row("calendars", "calendar", {"code": "x", "hours": ["12:00-09:00"], "weekdays": [1]}), "calendars.toml [[calendar]] x: hours 12:00-09:00 end before they start"),
        (with_row("calendars", "calendar", {"code": "x", "hours": ["09:00-25:00"], "weekdays": [1]}), "calendars.toml [[calendar]] x: 25:00 is no time of day"),
        (with_row("calendars", "calendar", {"code": "x", "hours": ["09:00-12:00"], "weekdays": [0]}), "calendars.toml [[calendar]] x: weekdays are 1 (Monday) to 7"),
        (with_row("hazards", "hazard", {"code": "x", "name": {"zh": "天"}, "urgent": "never", "topic": "sky"}), "hazards.toml [[hazard]] x: topic sky is not a topic"),
        (Pack({**TABLES, "ladder": {}}), "ladder.toml: quiet is missing"),
        (Pack(units=(Office("u", "shop", COUNTY),)), "units.toml: u: 'shop' is no kind of unit"),
    ],
)  # fmt: skip
def test_an_error_names_file_table_and_code(broken: Pack, said: str) -> None:
    assert case_pack.check(broken) == [said]


def test_all_errors_are_told_at_once() -> None:
    broken = Pack({**with_row("topics", "topic", {"code": "x"}).tables, "ladder": {}})
    with pytest.raises(Problem) as refused:
        case_pack.rules_of(broken)
    assert refused.value.code == "packs.invalid"
    assert len(case_pack.check(broken)) == 2


GOOD_ROWS: list[dict[str, Any]] = [
    {"name": "bridge", "village": V3, "text": "桥断了", "topic": "road",
     "receivers": [f"village:{V3}", "county_centre"], "responsible": f"village:{V3}"},
    {"name": "named", "village": V3, "text": "白水村着火", "topic": "fire",
     "receivers": [f"village:{V1}", "county_centre", "dept.emergency"], "responsible": f"village:{V1}"},
    {"name": "township", "township": T1, "text": "漏雨",
     "receivers": [f"township:{T1}", "county_centre"], "responsible": f"township:{T1}"},
    {"name": "dual", "household": {"registered": V1, "residing": TOWN}, "text": "养老金没到",
     "receivers": [f"village:{V1}", f"village:{TOWN}", "county_centre"], "responsible": f"village:{V1}"},
    {"name": "vacant", "village": V3, "text": "路断", "vacant": [f"village:{V3}"],
     "receivers": [f"village:{V3}", f"township:{T1}", "county_centre"], "responsible": f"township:{T1}"},
    {"name": "about the centre", "village": V3, "text": "投诉", "about": "county_centre",
     "receivers": ["leader"], "responsible": "leader"},
    {"name": "hazard only", "village": V3, "hazard": "fire",
     "receivers": [f"village:{V3}", "county_centre", "dept.emergency"], "responsible": f"village:{V3}"},
    {"name": "nowhere", "unknown": True, "text": "桥断", "receivers": ["county_centre"], "responsible": "county_centre"},
    {"name": "beyond", "beyond": True, "text": "桥断", "receivers": ["county_centre"], "responsible": "county_centre"},
]  # fmt: skip


@pytest.mark.parametrize("row", GOOD_ROWS, ids=lambda row: str(row["name"]))
def test_a_row_that_holds_passes_and_any_change_of_it_fails(row: dict[str, Any]) -> None:
    assert case_pack.run_tests(with_row("tests", "case", row)) == []
    fewer = {**row, "receivers": row["receivers"][1:]}
    more = {**row, "receivers": [*row["receivers"], "dept.transport"]}
    other = {**row, "responsible": "dept.transport"}
    for wrong in (fewer, more, other):
        failures = case_pack.run_rows(with_row("tests", "case", wrong))
        assert [failure.name for failure in failures] == [row["name"]]


def test_a_row_whose_words_suggest_another_topic_fails() -> None:
    row = {**GOOD_ROWS[0], "text": "养老金"}
    assert any("topic road" in said for said in case_pack.run_tests(with_row("tests", "case", row)))


def test_rows_of_a_broken_pack_say_that_it_is_broken() -> None:
    assert "readable rules" in case_pack.run_tests(Pack({**TABLES, "ladder": {}}))[0]
