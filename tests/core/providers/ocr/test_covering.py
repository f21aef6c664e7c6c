"""Where papers are covered: every refused value in its place, and never sure when something was not seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mulian.core.providers.ocr.covering import Covering, cover
from mulian.core.providers.ocr.layout import Field, Layout, Page, Portrait
from mulian.core.providers.ocr.lines import Box, Line
from mulian.core.providers.ocr.proposing import Proposal, propose
from tests.core.providers.ocr.drawn import FACE, IDENTITY, NUMBER, Words, lines, without

LAYOUT = Layout(
    pages=(
        Page(
            titles=("姓名", "公民身份号码"),
            must=("出生", "住址"),
            number=True,
            origin=True,
            portrait=Portrait(top="姓名", bottom="公民身份号码", box=(1.08, -0.2, 2.2, 0.95)),
        ),
    ),
    fields=(Field(("姓名",), "name"), Field(("出生",), "birth_year"), Field(("有效期限",), "valid_to")),
    labels=("性别", "住址"),
)


def covering(words: Words) -> Covering:
    return cover(lines(words), 1010, 638, LAYOUT)


def hidden(words: Words, text: str) -> bool:
    place = next(line for line in lines(words) if line.text == text)
    return covering(words).hides(place.box)


def test_a_card_seen_whole_is_covered_where_it_must_be_and_nowhere_else() -> None:
    found = covering(IDENTITY)

    assert (found.sure, found.doubts) == (True, ())
    assert {word[3]: hidden(IDENTITY, word[3]) for word in IDENTITY} == {
        "姓名": False, "合成卓玛": False, "性别": False, "女": False, "民族": True, "藏": True, "出生": False,
        "1984年5月12日": False, "住址": False, "青海省果洛州甘德县江千乡": False, "公民身份号码": True, NUMBER: True,
    }  # fmt: skip
    assert any(
        box.left <= FACE[0] and box.upper <= FACE[1] and box.right >= FACE[2] and box.lower >= FACE[3]
        for box in found.boxes
    )


def test_only_what_is_not_covered_is_proposed() -> None:
    found = propose(lines(IDENTITY), LAYOUT, covering(IDENTITY))
    assert found == [Proposal("name", "合成卓玛", 0.99), Proposal("birth_year", "1984年5月12日", 0.99)]


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        (without("姓名"), "kind"),
        (without("公民身份号码"), "kind"),
        (without("住址"), "words"),
        (without("民族"), "words"),
        (without(NUMBER), "number"),
        ([*without(NUMBER), (340, 540, 38, "632623198405120021")], "number"),
        ([*without("姓名"), (700, 80, 26, "姓名")], "portrait"),
        (without("藏"), "column"),
    ],
)
def test_what_was_not_seen_makes_it_unsure(words: Words, doubt: str) -> None:
    found = covering(words)
    assert (found.sure, doubt in found.doubts) == (False, True)


def test_a_wrong_number_is_covered_all_the_same() -> None:
    wrong = [*without(NUMBER), (340, 540, 38, "632623198405120021")]
    assert hidden(wrong, "632623198405120021")


def test_a_turned_picture_is_not_sure() -> None:
    turned = [replace(line, tilt=9.0) for line in lines(IDENTITY)]
    assert "turned" in cover(turned, 1010, 638, LAYOUT).doubts


def test_what_could_not_be_read_is_covered() -> None:
    scrawl = Line("？？", Box(180, 400, 420, 440), 0.3)
    assert cover([*lines(IDENTITY), scrawl], 1010, 638, LAYOUT).hides(scrawl.box)


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ([(70, 100, 30, "宗教信仰"), (300, 100, 30, "藏传佛教")], "藏传佛教"),
        ([(70, 100, 30, "政治面貌"), (300, 100, 30, "群众")], "群众"),
        ([(70, 100, 30, "女，藏族")], "女，藏族"),
        ([(70, 100, 30, "བོད་རིགས")], "བོད་རིགས"),
        ([(70, 100, 30, "མི་རིགས"), (300, 100, 30, "བོད")], "བོད"),
        ([(70, 100, 30, "发证机关"), (300, 100, 30, "甘德县公安局")], "甘德县公安局"),
        ([(70, 100, 30, "民族"), (300, 100, 30, "与户主关系"), (70, 200, 30, "藏")], "藏"),
        ([(70, 100, 30, "身份证号码"), (70, 200, 30, "63262319")], "63262319"),
        ([(70, 100, 30, "632623"), (200, 100, 30, "19840512"), (360, 100, 30, "0020")], "19840512"),
    ],
)
def test_refused_values_are_covered_beside_and_below_their_label(words: Words, secret: str) -> None:
    assert hidden(words, secret)


@pytest.mark.parametrize(
    "text", ["果洛藏族自治州", "河南蒙古族自治县", "མགོ་ལོག་བོད་རིགས་རང་སྐྱོང་ཁུལ", "寺沟村", "合成才让", "1200亩"]
)
def test_places_and_plain_words_stay(text: str) -> None:
    assert not hidden([(70, 100, 30, text)], text)


def test_words_that_run_together_are_parted_by_their_labels() -> None:
    row = [(70, 100, 30, "性别女民族藏"), (70, 160, 30, "出生1984年5月12日")]
    found = covering(row)
    (line, _) = lines(row)

    assert found.hides(Box(line.at(3), line.box.upper, line.at(6), line.box.lower))
    assert not found.hides(Box(line.at(0), line.box.upper, line.at(3) - 20, line.box.lower))
    assert propose(lines(row), LAYOUT, found) == [Proposal("birth_year", "1984年5月12日", 0.99)]
