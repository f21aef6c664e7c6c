"""The packs the project ships: complete, bilingual, and routed as their tests.toml says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import chinese_calendar
import pytest

from mulian.core.packs import Pack, check, load, names
from mulian.core.packs.checking import run_tests
from mulian.core.packs.commands import check_command
from mulian.core.packs.extract import areas_of
from mulian.core.packs.writing import tibetan
from mulian.kernel import clock
from mulian.kernel.worktime import Calendar
from mulian.modules.cases.pack import rules_of

PACKS = {name: load(name) for name in names()}
BASE = load("base")
EACH = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
ROWS = [(pack, row) for pack in PACKS.values() for row in pack.rows("tests", "case")]


SAID = [(pack, row) for pack, row in ROWS if row.get("text")]
"""Rows in words; the others name their topic, as a person who sorted the report would."""


@EACH
def test_it_has_no_fault_and_its_tests_pass(pack: Pack) -> None:
    assert [str(fault) for fault in check(pack)] == []
    assert [str(fault) for fault in run_tests(pack)] == []


@EACH
def test_it_has_enough_tests(pack: Pack) -> None:
    assert len(pack.rows("tests", "case")) >= 15
    assert len(ROWS) >= 300


@pytest.mark.parametrize(("pack", "row"), SAID, ids=[f"{pack.slug}: {row['name']}" for pack, row in SAID])
def test_the_words_of_a_report_suggest_its_topic(pack: Pack, row: dict[str, Any]) -> None:
    suggestion = rules_of(pack).lexicon.suggest(row["text"])
    assert suggestion is not None
    assert (suggestion.topic, suggestion.sure) == (row["topic"], True)


def test_base_has_topics_over_three_levels_with_rich_words() -> None:
    topics = BASE.rows("topics", "topic")
    leaves = [topic for topic in topics if topic.get("parent")]
    assert len(leaves) >= 45
    assert {t["code"].count(".") + 1 for t in topics} == {1, 2, 3}
    assert {t["code"]: len(t["words"]["zh"]) for t in topics if len(set(t["words"]["zh"])) < 6} == {}
    assert [t["code"] for t in topics if not t["words"]["bo"]] == []
    assert [t["code"] for t in leaves if not t["code"].startswith(t["parent"] + ".")] == []


def test_no_word_stands_twice_in_a_topic() -> None:
    words = [(t["code"], w) for t in BASE.rows("topics", "topic") for ws in t["words"].values() for w in ws]
    assert sorted({pair for pair in words if words.count(pair) > 1}) == []


def test_notifiable_disease_outbreak_and_fire_are_told_at_once() -> None:
    told = {t["code"]: t["at_once"] for t in BASE.rows("topics", "topic") if t.get("at_once")}
    assert told == {
        "herd.disease": ["dept.veterinary", "dept.agriculture"],
        "disaster.fire": ["dept.emergency"],
        "health.outbreak": ["dept.health"],
    }


def test_what_belongs_to_a_person_follows_the_person() -> None:
    follows = {t["code"]: t["follows"] for t in BASE.rows("topics", "topic")}
    persons = (
        "social.pension",
        "social.low_income",
        "pasture.subsidy",
        "health.insurance",
        "papers.identity",
    )
    assert {follows[code] for code in persons} == {"person"}
    assert {follows[c] for c in ("road.bridge", "water.supply", "disaster.snow", "dispute.pasture")} == {
        "place"
    }


def test_hazards_that_are_always_urgent() -> None:
    urgent = {h["code"]: h["urgent"] for h in BASE.rows("hazards", "hazard")}
    always = {code for code, when in urgent.items() if when == "always"}
    assert always == {"fire", "flood", "injury", "lost_person", "collapse", "live_wire"}
    assert (urgent["snow"], urgent["dispute"]) == ("danger", "danger")


def test_counters_that_issue_papers_get_nothing() -> None:
    services = {s["code"]: s for s in BASE.rows("services", "service")}
    counters = {code for code, s in services.items() if s["owner"] == "counter"}
    assert counters == {"identity", "driving"}
    assert [code for code in counters if services[code]["sent"]] == []
    topics = [t for t in BASE.rows("topics", "topic") if t.get("service") in counters]
    assert [t["code"] for t in topics if t["departments"] or t.get("at_once")] == []


@pytest.mark.parametrize("word", ["公安", "警", "法院", "检察", "政法", "统战", "宗教", "民宗"])
def test_no_unit_is_a_refused_body(word: str) -> None:
    assert [unit.code for pack in PACKS.values() for unit in pack.unit_rows() if word in unit.name_zh] == []


def test_all_tibetan_is_a_draft_until_somebody_read_it() -> None:
    for pack in PACKS.values():
        texts = {text for table in pack.tables.values() for _, text in tibetan(table)}
        assert len(texts) > 300
        assert all(map(pack.is_draft, texts))


def calendar() -> dict[str, Any]:
    (only,) = BASE.rows("calendars", "calendar")
    return dict(only)


def test_make_up_workdays_are_weekends_and_no_holidays() -> None:
    work = calendar()
    assert [day for day in work["workdays"] if day.isoweekday() < 6] == []
    assert set(work["workdays"]) & set(work["holidays"]) == set()


@pytest.mark.parametrize(
    ("year", "holidays", "workdays"),
    [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6), (2027, 13, 0)],
)
def test_days_of_a_year(year: int, holidays: int, workdays: int) -> None:
    work = calendar()
    assert len([day for day in work["holidays"] if day.year == year]) == holidays
    assert len([day for day in work["workdays"] if day.year == year]) == workdays


def test_the_notice_of_2026() -> None:
    """State Council General Office, 2025-11-04."""
    spans = [((1, 1), 3), ((2, 15), 9), ((4, 4), 3), ((5, 1), 5), ((6, 19), 3), ((9, 25), 3), ((10, 1), 7)]
    expected = [date(2026, *start) + timedelta(days=n) for start, length in spans for n in range(length)]
    work = calendar()
    assert [day for day in work["holidays"] if day.year == 2026] == expected
    days = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert [day for day in work["workdays"] if day.year == 2026] == [date(2026, *day) for day in days]


def test_every_day_of_the_notices_is_what_the_package_chinesecalendar_says() -> None:
    """Kept by other people from the same notices: holidays and make-up workdays of the years both know."""
    work = calendar()
    known = range(2024, work["unpublished"][0])
    ours = Calendar(
        "work",
        weekdays=frozenset(day - 1 for day in work["weekdays"]),
        holidays=frozenset(work["holidays"]),
        workdays=frozenset(work["workdays"]),
    )
    first, last = date(known[0], 1, 1), date(known[-1], 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day in days if ours.works_on(day) != chinese_calendar.is_workday(day)] == []


def test_a_year_without_a_notice_counts_only_the_days_of_the_law() -> None:
    """State Council decree of 2024-11-10: 13 days; no bridge, no make-up workday is guessed."""
    work = calendar()
    assert sum(day.year == 2027 for day in work["holidays"]) == 13
    assert [day for day in work["workdays"] if day.year == 2027] == []


def test_the_check_of_a_pack_says_which_year_is_not_published(capsys: pytest.CaptureFixture[str]) -> None:
    with clock.use(clock.FixedClock(datetime(2026, 11, 22, 2, tzinfo=UTC))):
        assert check_command(["gande"]) == 0
    assert "gande: note: calendar work: the holidays of 2027 are not published yet" in capsys.readouterr().out


def test_a_year_without_a_notice_says_so() -> None:
    work = calendar()
    assert work["unpublished"] == [2027]
    assert max(day.year for day in work["workdays"]) == 2026


def promises(pack: Pack) -> dict[str, tuple[str, Any]]:
    return {
        row["code"]: next((unit, row[unit]) for unit in ("minutes", "hours", "days") if unit in row)
        for row in pack.rows("promises", "promise")
    }


def test_what_families_are_promised() -> None:
    usual = {
        "take-urgent": ("minutes", 15),
        "relief": ("hours", 12),
        "solve": ("days", 7),
        "decide": ("hours", 24),
        "decide-urgent": ("minutes", 30),
    }
    assert promises(PACKS["gande"]) == usual
    assert promises(PACKS["haiyan"]) == {
        **usual,
        "contact": ("hours", 1),
        "solve": ("days", 3),
        "answer": ("days", 1),
        "interim": ("days", 1),
    }


def test_figures_the_demo_is_seeded_to() -> None:
    gande, dari = PACKS["gande"].part("liaisons"), PACKS["dari"].part("liaisons")
    assert (gande["households_min"], gande["households_max"]) == (5, 12)
    assert {k: gande["seed"][k] for k in ("households", "people", "qualified", "serving")} == {
        "households": 1136,
        "people": 4292,
        "qualified": 242,
        "serving": 150,
    }
    assert (dari["seed"]["cooperatives"], dari["seed"]["grid_areas"], dari["seed"]["serving"]) == (
        109,
        457,
        1457,
    )
    assert (dari["households_min"], dari["households_max"]) == (6, 25)


def test_the_demo_township_of_gande() -> None:
    pack = PACKS["gande"]
    township = pack.part("pack")["demo_township"]
    assert [a.name_zh for a in pack.area_rows() if a.parent == township] == [
        "恰曲纳合村",
        "隆吉村",
        "叶合青村",
        "协隆村",
    ]


def test_the_known_wrong_point_is_left_out_and_points_are_credited_drafts() -> None:
    points = [point for pack in PACKS.values() for point in pack.points]
    assert "632623204" not in {point.code for point in points}
    assert {point.status for point in points} == {"draft"}
    assert [point.code for point in points if not re.search("GeoNames.*CC-BY 4.0", point.source)] == []


def test_haiyan_differs_by_township() -> None:
    haiyan = PACKS["haiyan"]
    assert haiyan.topic("town.drain", "632223100001")["at_once"] == ["dept.housing"]
    assert not haiyan.topic("town.drain", "632223101002").get("at_once")
    assert haiyan.part("ladder")["overrides"] == [{"areas": ["632223100"], "remind_at": 0.5}]


def test_dual_management_is_a_service() -> None:
    zhiduo = PACKS["zhiduo"]
    services = {s["code"]: (s["owner"], s["carrier"]) for s in zhiduo.rows("services", "service")}
    assert services["dual_subsidy"] == services["dual_village_payment"] == ("registered", "residing")
    assert zhiduo.topic("pasture.subsidy")["service"] == "dual_subsidy"


@EACH
def test_its_areas_are_those_of_the_extract(pack: Pack) -> None:
    assert pack.area_rows() == areas_of(pack.code)
