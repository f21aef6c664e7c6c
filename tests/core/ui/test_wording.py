"""Tibetan marks, days and numbers as the glossary's rules write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mulian.core.ui import wording

MARKS = [
    ("ཉར་ཚགས", "ཉར་ཚགས།"),
    ("བོད་ཡིག", "བོད་ཡིག"),
    ("ཐོ་འཇུག", "ཐོ་འཇུག"),
    ("སྤྱང་ཀི", "སྤྱང་ཀི"),
    ("ཤ", "ཤ"),
    ("རླུང", "རླུང་།"),
    ("གྲོང", "གྲོང་།"),
    ("ང", "ང་།"),
    ("ཕྱིར་ལོག", "ཕྱིར་ལོག"),
    ("ལྟ་བཤེར", "ལྟ་བཤེར།"),
    ("འཚོལ", "འཚོལ།"),
    ("ཀུན་ཤི", "ཀུན་ཤི"),
    ("དགའ་པོ", "དགའ་པོ།"),
    ("གྲ", "གྲ།"),
    ("བྱས་ཟིན།", "བྱས་ཟིན།"),
    ("བྱས་ཟིན་", "བྱས་ཟིན།"),
    ("保存", "保存"),
    ("Save", "Save"),
    ("ཉིན་7", "ཉིན་7"),
    ("", ""),
]


@pytest.mark.parametrize(("stored", "shown"), MARKS)
def test_final_mark_table(stored: str, shown: str) -> None:
    assert wording.final_mark(stored) == shown


@pytest.mark.parametrize("stored", [stored for stored, _ in MARKS])
def test_final_mark_twice_changes_nothing(stored: str) -> None:
    once = wording.final_mark(stored)

    assert wording.final_mark(once) == once


@pytest.mark.parametrize(
    ("language", "shown"),
    [("bo", "2026ལོའི་ཟླ་11ཚེས་21"), ("zh-hans", "2026年11月21日"), ("en", "21 Nov 2026")],
)
def test_day_in_each_language(language: str, shown: str) -> None:
    assert wording.day(date(2026, 11, 21), language) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("bo", "2026ལོའི་ཟླ་11"), ("zh-hans", "2026年11月"), ("en", "Nov 2026")]
)
def test_month_in_each_language(language: str, shown: str) -> None:
    assert wording.month(date(2026, 11, 1), language) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), "2026年11月20日 23:59"),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), "2026年11月21日 00:00"),
        (datetime(2026, 12, 31, 16, 5, tzinfo=UTC), "2027年1月1日 00:05"),
    ],
)
def test_days_are_those_of_shanghai(moment: datetime, shown: str) -> None:
    assert wording.moment(moment, "zh-hans") == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1136, "1,136"), (140042, "140,042"), (2.5, "2.5"), (-1, "-1")],
)
def test_number_table(value: float, shown: str) -> None:
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (17, "0:17"), (59.6, "1:00"), (725, "12:05"), (3729, "1:02:09")]
)
def test_duration_table(seconds: float, shown: str) -> None:
    assert wording.duration(seconds) == shown


@pytest.mark.parametrize(
    ("text", "tag"), [("桥断了", "zh-Hans"), ("ཟམ་པ", "bo"), ("桥 ཟམ་པ", "bo"), ("bridge", None), ("", None)]
)
def test_script_of_text_people_wrote(text: str, tag: str | None) -> None:
    assert wording.script_of(text) == tag
