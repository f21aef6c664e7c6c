"""Filling somebody else's workbook: the cells and nothing else, with chart, picture and macros as they came."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font
from PIL import Image

from mulian.core.sheets.filling import filled, with_macros
from mulian.core.sheets.filling.packing import worked_out_anew, worksheets
from mulian.core.sheets.filling.writing import forgotten, written
from mulian.core.sheets.reading.verdict import Refused
from mulian.kernel.problems import Problem

MACROS = b"\xd0\xcf\x11\xe0 made up, never run"
SHEET = "xl/worksheets/sheet1.xml"


def template() -> bytes:
    """Two sheets: figures with a sum, a chart, a picture and macros; a second one with a sum over the first."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.merge_cells("A1:C1")
    page["A1"], page["A1"].font = "月报 <1>", Font(bold=True)
    page["A3"], page["B3"].number_format, page["B3"] = "恰曲纳合村", "#,##0", 7
    page["B5"] = "=SUM(B3:B4)"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=3, max_row=4))
    page.add_chart(chart, "E2")
    dot = io.BytesIO()
    Image.new("RGB", (6, 6), "red").save(dot, "PNG")
    page.add_image(Picture(dot), "E20")
    other: Any = book.create_sheet("合计")
    other["A1"] = f"='{page.title}'!B5"
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", MACROS)
    return out.getvalue()


def parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        assert packed.testzip() is None
        return {info.filename: packed.read(info) for info in packed.infolist()}


def test_only_the_cells_change_and_charts_pictures_and_macros_stay() -> None:
    before = template()
    after = filled(before, {(0, "B3"): 1136, (0, "B4"): 2.5, (0, "C7"): "=1+1 & <x>", (1, "B2"): 3})
    old, new = parts(before), parts(after)
    changed = {"xl/workbook.xml", SHEET, "xl/worksheets/sheet2.xml"}
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == changed
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/vbaProject.bin"} <= set(old)
    assert with_macros(after)
    book: Any = openpyxl.load_workbook(io.BytesIO(after))
    page = book.worksheets[0]
    told = [page[cell].value for cell in ("A1", "A3", "B3", "B4", "B5", "C7")]
    assert told == ["月报 <1>", "恰曲纳合村", 1136, 2.5, "=SUM(B3:B4)", "=1+1 & <x>"]
    assert (page["B3"].number_format, page["A1"].font.bold, page["C7"].data_type) == ("#,##0", True, "s")
    assert book.worksheets[1]["B2"].value == 3
    assert len(page._charts) == len(page._images) == 1
    assert b'fullCalcOnLoad="1"' in new["xl/workbook.xml"]
    assert parts(filled(before, {})) == old


@pytest.mark.parametrize("cell", ["B5", "B1", "C1"])
def test_a_formula_and_what_merged_cells_hide_are_not_written_over(cell: str) -> None:
    with pytest.raises(Problem) as refused:
        filled(template(), {(0, cell): 1})
    assert refused.value.code == "sheets.fixed_cell"


@pytest.mark.parametrize(("sheet", "cell"), [(2, "A1"), (0, "1A"), (0, "A0")])
def test_a_sheet_or_cell_that_is_not_there_is_refused(sheet: int, cell: str) -> None:
    with pytest.raises(Problem) as refused:
        filled(template(), {(sheet, cell): 1})
    assert refused.value.code == "sheets.unreadable"


ROWS = {
    "a cell that was": (
        '<row r="2"><c r="A2" s="4" t="s"><v>0</v></c></row>', "A2", '<row r="2"><c r="A2" s="4"><v>9</v></c></row>'
    ),
    "between cells": (
        '<row r="2" spans="1:3"><c r="A2"/><c r="C2"/></row>', "B2",
        '<row r="2"><c r="A2"/><c r="B2"><v>9</v></c><c r="C2"/></row>',
    ),
    "an empty row": ('<row r="2" ht="20"/>', "B2", '<row r="2" ht="20"><c r="B2"><v>9</v></c></row>'),
    "a row that looks its own way": (
        '<row r="2" s="3" customFormat="1"></row>', "B2",
        '<row r="2" s="3" customFormat="1"><c r="B2" s="3"><v>9</v></c></row>',
    ),
    "a row before": ('<row r="5"/>', "A2", '<row r="2"><c r="A2"><v>9</v></c></row><row r="5"/>'),
    "a row after": ('<row r="1"/>', "A2", '<row r="1"/><row r="2"><c r="A2"><v>9</v></c></row>'),
    "no names": ('<row/><row><c/><c a=">"/></row>', "B2", '<row/><row><c/><c r="B2" a="&gt;"><v>9</v></c></row>'),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_a_figure_goes_where_it_belongs(case: str) -> None:
    before, cell, after = ROWS[case]
    head = '<?xml version="1.0" encoding="UTF-8"?><worksheet><!-- 注 --><sheetData>'
    xml = f"{head}{before}</sheetData></worksheet>".encode()
    assert written(xml, {cell: 9}).decode() == f"{head}{after}</sheetData></worksheet>"


def test_an_empty_sheet_prefixes_and_columns_that_look_their_own_way() -> None:
    xml = b'<x:worksheet xmlns:x="u"><x:cols><x:col min="1" max="2" style="6"/></x:cols><x:sheetData/></x:worksheet>'
    row = b'<x:row r="3"><x:c r="A3" s="6"><x:v>1</x:v></x:c><x:c r="C3"><x:v>2</x:v></x:c></x:row>'
    assert written(xml, {"C3": 2, "A3": 1}) == xml.replace(
        b"<x:sheetData/>", b"<x:sheetData>%b</x:sheetData>" % row
    )


def test_results_of_formulas_are_forgotten_and_nothing_else() -> None:
    xml = b"<worksheet><sheetData><row><c><f>A1</f><v>5</v></c><c><v>6</v></c></row></sheetData></worksheet>"
    assert forgotten(xml) == xml.replace(b"<v>5</v>", b"")
    book = b'<workbook><calcPr calcId="1" fullCalcOnLoad="0"/></workbook>'
    assert worked_out_anew(book) == b'<workbook><calcPr calcId="1" fullCalcOnLoad="1"/></workbook>'


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet/>",
        b"<worksheet><sheetData></worksheet>",
        b"<!DOCTYPE x><worksheet><sheetData/></worksheet>",
        '<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData/></worksheet>'.encode("utf-16"),
    ],
)
def test_what_is_no_sheet_is_refused(xml: bytes) -> None:
    with pytest.raises(Refused):
        written(xml, {"A1": 1})


def test_sheets_stand_in_the_order_of_the_workbook_and_charts_alone_do_not_count() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        sheets = "".join(f'<sheet r:id="{id}"/>' for id in ("b", "chart", "a"))
        packed.writestr("xl/workbook.xml", f'<workbook xmlns:r="u"><sheets>{sheets}</sheets></workbook>')
        kinds = (
            ("a", "worksheet", "worksheets/s1.xml"),
            ("b", "worksheet", "/xl/s2.xml"),
            ("chart", "chartsheet", "c.xml"),
        )
        told = "".join(f'<Relationship Id="{i}" Type="u/{t}" Target="{to}"/>' for i, t, to in kinds)
        packed.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{told}</Relationships>")
    with zipfile.ZipFile(out) as packed:
        assert worksheets(packed) == ["xl/s2.xml", "xl/worksheets/s1.xml"]
