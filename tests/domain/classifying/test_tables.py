"""A table is read as it is found, parted fairly, or refused with a reason."""

from __future__ import annotations

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying.tables import Columns, read
from tests.domain.classifying.learnt import WANTED, sheet


def test_a_byte_order_mark_and_odd_rows_do_no_harm() -> None:
    raw = b"\xef\xbb\xbf" + sheet(
        ("桥断了", "road"), ("", "road"), ("没有水", ""), ("桥断了", "road"), ("停电", "power")
    )
    found = read(raw, Columns("text", "label"))
    assert {row.text for row in found.all} == {"桥断了", "停电"}
    assert (found.incomplete, found.repeated) == (2, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "text,label\n桥断了,路\n停水，没水,水\n".encode("gb18030"),
        "text;label\n桥断了;路\n停水，没水;水\n".encode(),
        "text\t label \r\n桥断了\t路\r\n停水，没水\t水\r\n".encode("utf-8-sig"),
        'label,other,text\n路,,桥断了\n水,,"停水，没水"\n'.encode(),
        "text\tlabel\r\n桥断了\t路\r\n停水，没水\t水\r\n".encode("utf-16"),
    ],
    ids=["older programs", "semicolons", "tabs", "other columns", "a spreadsheet's Unicode"],
)
def test_a_table_is_read_as_it_is_found(raw: bytes) -> None:
    assert {(row.text, row.label) for row in read(raw, Columns("text", "label")).all} == {
        ("桥断了", "路"), ("停水，没水", "水"),
    }  # fmt: skip


def test_without_a_split_every_label_is_learnt_and_a_fifth_measures() -> None:
    raw = sheet(*((f"文{at}", f"label{at // 2}") for at in range(100)))
    found = read(raw, Columns("text", "label"))
    assert (len(found.train), len(found.test)) == (80, 20)
    assert {row.label for row in found.train} == {f"label{at}" for at in range(50)}
    assert read(raw, Columns("text", "label")) == found


def test_rows_for_choosing_are_set_aside_unless_nothing_else_measures() -> None:
    lines = (("a", "x", "train"), ("b", "x", "validation"), ("c", "x", "test"))
    header = ("text", "label", "split")
    whole, without = (
        read(sheet(*lines, header=header), WANTED),
        read(sheet(*lines[:2], header=header), WANTED),
    )
    assert ([row.text for row in whole.test], whole.aside) == (["c"], 1)
    assert ([row.text for row in without.test], without.aside) == (["b"], 0)


def test_a_text_on_both_sides_is_measured_with_and_not_learnt_from() -> None:
    raw = sheet(
        ("桥断了", "road", "train"),
        ("桥 断了", "road", "train"),
        ("桥断了", "road", "test"),
        header=("text", "label", "split"),
    )
    found = read(raw, WANTED)
    assert [row.text for row in found.train] == ["桥 断了"]
    assert (found.leaked, len(found.test)) == (1, 1)


def test_a_text_with_two_labels_counts_for_most_of_its_rows() -> None:
    raw = sheet(("停水", "power"), ("停水", "water"), ("停水", "water"))
    assert [row.label for row in read(raw, Columns("text", "label")).all] == ["water"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (sheet(("a", "b"), header=("words", "label")), "classify.no_column"),
        (b"", "classify.no_column"),
        (sheet(("", "")), "classify.no_rows"),
        (b"text,label\n\xff\xff,x\n", "classify.not_text"),
        (sheet(("桥", "路", "later"), header=("text", "label", "split")), "classify.nothing_to_learn"),
        (b'"' + b"x" * 5_000_000 + b'",y\n', "classify.bad_table"),
        (b'text,label\n"' + b"x" * 5_000_000 + b'",y\n', "classify.bad_table"),
    ],
    ids=["column", "empty", "rows", "encoding", "split", "header", "field"],
)
def test_a_table_that_cannot_be_used_says_why(raw: bytes, code: str) -> None:
    columns = WANTED if b"split" in raw else Columns("text", "label")
    with pytest.raises(Problem) as refused:
        read(raw, columns)
    assert refused.value.code == code
    assert "%" not in refused.value.title
