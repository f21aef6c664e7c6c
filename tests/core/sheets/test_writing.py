"""G24: what goes out is text; whatever stands in a cell, no table program runs it, and it reads back the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.sheets.writing import DANGEROUS, Sheet, csv_bytes, inert, write_xlsx

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@\t'\"|才让ཚེ1(a"), st.characters(codec="utf-8", categories=["L", "N", "P"])
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS.filter(bool), min_size=1, max_size=5))
def test_g24_every_cell_of_a_workbook_is_text(cells: list[str]) -> None:
    out = io.BytesIO()
    write_xlsx(out, [Sheet(name="a", titles=["t"] * len(cells), rows=[cells])])

    row = openpyxl.load_workbook(out).active[2]
    assert [cell.data_type for cell in row] == ["s"] * len(cells)
    assert [cell.value for cell in row] == [cell.strip("\0") for cell in cells]


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_g24_no_field_of_a_csv_begins_like_a_formula(cell: str) -> None:
    written = csv_bytes(Sheet(name="", titles=["t"], rows=[[cell, "x"]])).decode("utf-8-sig")
    field = list(csv.reader(io.StringIO(written, newline="")))[1][0]

    assert not field.startswith(DANGEROUS)
    assert field in (cell, f"'{cell}")
    assert inert(3) == 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\0"])
def test_g24_each_sign_that_begins_a_formula_gets_an_apostrophe_wherever_it_stands(sign: str) -> None:
    """OWASP ASVS 1.2.10 names them; they stand here in words, not by the list that the code goes by."""
    cell = f"{sign}1+1"
    written = csv_bytes(Sheet(name="", titles=[cell], rows=[[cell]], above=[cell])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [[f"'{cell}"]] * 3


def test_marks_are_comments_with_a_colour(tmp_path: Path) -> None:
    out = io.BytesIO()
    sheet = Sheet(
        name="错/误",
        titles=["年"],
        rows=[["1990"], ["19x"]],
        above=["才让，为了核对"],
        marks={(1, 0): "不是年份"},
    )
    write_xlsx(out, [sheet], footer="才让 & 卓玛")

    page = openpyxl.load_workbook(out).active
    assert page.title == "错误"
    assert [page["A1"].value, page["A2"].value, page["A3"].comment, page["A4"].comment.text] == [
        "才让，为了核对", "年", None, "不是年份",
    ]  # fmt: skip
    assert page["A4"].fill.fgColor.rgb == "FFF8D7D3"
    assert page.oddFooter.left.text == "才让 && 卓玛"
