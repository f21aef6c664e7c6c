"""Terms of the glossary in Chinese and Tibetan texts."""

from __future__ import annotations

import pytest

from mulian.modules.cases.domain.terms import Term, found, missing, units

BRIDGE = Term("bridge", "桥", "ཟམ་པ")
BROKEN = Term("bridge_damaged", "桥梁损坏", "ཟམ་པ་སྐྱོན་ཤོར་བ")
SNOW_LYING, SNOW_FALLING = Term("snow", "雪", "གངས"), Term("snowfall", "雪", "ཁ་བ")
ROAD = Term("road", "道路", "ལམ")
TERMS = (BRIDGE, BROKEN, SNOW_LYING, SNOW_FALLING, ROAD)


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("村口的桥断了", "zh-hans", [BRIDGE]),
        ("桥梁损坏,道路不通", "zh-hans", [BROKEN, ROAD]),
        ("道路有雪", "zh-hans", [ROAD, SNOW_LYING, SNOW_FALLING]),
        ("ཟམ་པ་སྐྱོན་ཤོར་བ་རེད།", "bo", [BROKEN]),
        ("ཟམ་པའི་ལམ་ཆད།", "bo", [BRIDGE, ROAD]),
        ("ལམ་ལ་གངས་བབས།", "bo", [ROAD, SNOW_LYING]),
        ("ལམ་ལམ", "bo", [ROAD]),
        ("", "bo", []),
        ("Bridge 12", "zh-hans", []),
    ],
)
def test_terms_stand_in_the_texts_order_the_longest_first(
    text: str, language: str, terms: list[Term]
) -> None:
    assert found(text, TERMS, language) == terms


@pytest.mark.parametrize(
    ("translation", "source", "lacks"),
    [
        ("ལམ་ལ་གངས་བབས།", "zh-hans", []),
        ("ལམ་ལ་ཁ་བ་བབས།", "zh-hans", []),
        ("ལམ་ཆད།", "zh-hans", [SNOW_LYING, SNOW_FALLING]),
        ("", "zh-hans", [ROAD, SNOW_LYING, SNOW_FALLING]),
    ],
)
def test_a_term_is_missing_only_where_none_of_its_counterparts_stands(
    translation: str, source: str, lacks: list[Term]
) -> None:
    assert missing(translation, found("道路有雪", TERMS, source), source) == lacks


def test_a_particle_does_not_hide_a_term_and_half_a_word_is_none() -> None:
    assert missing("桥断了", [BRIDGE, ROAD], "bo") == [ROAD]
    assert units("ཟམ་པའི", "bo") == units("ཟམ་པ", "bo")
    assert found("ལམ་མཁན", [Term("x", "x", "ལམ་མཁན་པོ")], "bo") == []
