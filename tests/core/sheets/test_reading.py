"""Tables from outside: what programs save is read, bombs and wrong kinds are refused, and nothing of them stays."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mulian.core.sheets import limits
from mulian.core.sheets.tables import Line, opened
from mulian.kernel.problems import Problem


def read(tmp_path: Path, data: bytes) -> list[Line]:
    place = tmp_path / "table"
    place.write_bytes(data)
    with place.open("rb") as file, opened(file) as lines:
        return list(lines)


def book(fill: Any) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    fill(made)
    made.close()
    return out.getvalue()


TABLE = "户主,人口\n才让,４\n卓玛,5\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace(",", ";").encode("gb18030"),
        TABLE.replace(",", "，").encode(),
        TABLE.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "tab", "semicolon", "wide comma", "crlf"],
)
def test_tables_of_text_are_read_however_they_were_saved(tmp_path: Path, data: bytes) -> None:
    assert [line.cells for line in read(tmp_path, data)] == [["户主", "人口"], ["才让", "4"], ["卓玛", "5"]]


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        page = made.add_worksheet("一")
        page.write_string(1, 1, "0012")
        page.write_number(1, 2, 12)
        page.write_number(1, 3, 1.5)
        page.write_datetime(1, 4, date(1990, 5, 1), day)
        page.write_boolean(1, 5, True)
        page.write_string(1, 6, "１９７７　年")
        page.write_string(1, 7, "༡༩༧༧")

    assert read(tmp_path, book(fill)) == [
        Line(0, "一", 2, ["", "0012", "12", "1.5", "1990-05-01", "1", "1977 年", "1977"])
    ]


def test_merged_headings_stand_over_all_their_columns_and_sheets_follow_each_other(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        first, second = made.add_worksheet("户"), made.add_worksheet("人")
        first.merge_range(0, 0, 0, 2, "家庭成员")
        first.write_row(1, 0, ["姓名", "出生年", "关系"])
        second.write(2, 0, "x")

    assert read(tmp_path, book(fill)) == [
        Line(0, "户", 1, ["家庭成员", "家庭成员", "家庭成员"]),
        Line(0, "户", 2, ["姓名", "出生年", "关系"]),
        Line(1, "人", 3, ["x"]),
    ]


def test_what_nobody_sees_is_no_part_of_a_cell_and_a_break_within_one_is_a_blank(tmp_path: Path) -> None:
    text = (
        '户\u200b主,\u202e才\u200d让\u202c,\ufeff民\u2060族\r\n"卓玛\n新河",\u00ad才\x07让,\u2066x\u2069\r\n'
    )
    assert [line.cells for line in read(tmp_path, text.encode())] == [
        ["户主", "才让", "民族"], ["卓玛 新河", "才让", "x"]
    ]  # fmt: skip


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_day_is_the_day_whichever_year_the_workbook_counts_from(tmp_path: Path, since_1904: bool) -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"date_1904": since_1904})
    page = made.add_worksheet()
    page.write_datetime(0, 0, date(1990, 5, 1), made.add_format({"num_format": "yyyy/m/d"}))
    made.close()
    assert [line.cells for line in read(tmp_path, out.getvalue())] == [["1990-05-01"]]


def test_a_formula_is_what_it_shows_and_never_what_it_does(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        made.add_worksheet().write_formula(0, 0, "=cmd|'/C calc'!A0", value="才让")

    assert [line.cells for line in read(tmp_path, book(fill))] == [["才让"]]
    commanded = "户主\n=cmd|'/C calc'!A0\n".encode()
    assert [line.cells for line in read(tmp_path, commanded)] == [["户主"], ["=cmd|'/C calc'!A0"]]


def test_a_file_beyond_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    place = tmp_path / "table"
    place.write_bytes(b"PK\x03\x04")
    os.truncate(place, 200 * limits.MEGABYTE)
    with place.open("rb") as file, pytest.raises(Problem) as refused, opened(file):
        pass
    assert refused.value.code == "sheets.too_large"


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def far_corner(made: Any) -> None:
    page = made.add_worksheet()
    page.write(0, 0, "x")
    page.write(1_048_575, 100, "x")


def wide(made: Any) -> None:
    made.add_worksheet().write(0, limits.COLUMNS, "x")


def widest(made: Any) -> None:
    made.add_worksheet().write(0, 16_383, "x")


BILLION = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheets.empty"),
        (b"%PDF-1.7 ...", "sheets.wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheets.old_kind"),
        (b"PK\x03\x04 broken", "sheets.unreadable"),
        (packed({"word/document.xml": b"<w/>"}), "sheets.wrong_type"),
        (packed({"xl/workbook.xml": b"0" * (4 * limits.MEGABYTE)}), "sheets.too_large"),
        (packed({"xl/workbook.xml": BILLION}), "sheets.unreadable"),
        (packed({f"xl/{turn}.xml": b"" for turn in range(limits.PARTS + 1)}), "sheets.too_large"),
        (book(far_corner), "sheets.too_large"),
        (book(wide), "sheets.too_many_columns"),
        (book(widest), "sheets.too_many_columns"),
        (b"a\0b,c\n", "sheets.not_text"),
        (b",".join([b"x"] * (limits.COLUMNS + 1)), "sheets.too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_or_a_bomb_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read(tmp_path, data)

    assert refused.value.code == code
