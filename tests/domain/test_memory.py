"""The translation memory: cut into sentences, compared in both scripts, nobody's number or name kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.cases.domain.memory import NEAR, bounds, pairs, particular, segments, similarity, size

WORDS = {
    "zh-hans": st.lists(st.sampled_from("桥路水断修明天来人雪大"), max_size=14).map("".join),
    "bo": st.lists(st.sampled_from(["ཟམ", "པ", "ལམ", "ཆད", "གངས", "ཆུ", "སང", "ཉིན", "བཟོ"]), max_size=14).map(
        "་".join
    ),
}
LANGUAGES = st.sampled_from(sorted(WORDS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("桥明天修好。请绕行!", ["桥明天修好。", "请绕行!"]),
        ("ཟམ་པ་ཆད། སང་ཉིན་བཟོ་རྒྱུ་རེད།", ["ཟམ་པ་ཆད།", "སང་ཉིན་བཟོ་རྒྱུ་རེད།"]),
        ("一行\n\n两行", ["一行", "两行"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert segments(text) == found


def test_sentences_are_paired_only_where_both_have_as_many() -> None:
    assert pairs("甲。乙。", "ཀ། ཁ།") == [("甲。", "ཀ།"), ("乙。", "ཁ།")]
    assert pairs("甲。乙。", "ཀ་ཁ།") == [("甲。乙。", "ཀ་ཁ།")]


@pytest.mark.parametrize(
    ("one", "other", "language", "low", "high"),
    [
        ("桥明天修好。", "桥明天修好", "zh-hans", 1, 1),
        ("ཟམ་པ་སང་ཉིན་བཟོ།", "ཟམ་པ་སང་ཉིན་བཟོ", "bo", 1, 1),
        ("桥明天修好", "桥后天修好", "zh-hans", 0.6, 0.99),
        ("ཟམ་པ་སང་ཉིན་བཟོ་རྒྱུ་རེད", "ཟམ་པ་གནངས་ཉིན་བཟོ་རྒྱུ་རེད", "bo", 0.6, 0.99),
        ("桥明天修好", "补贴已经发放", "zh-hans", 0, 0.3),
        ("", "", "bo", 0, 0),
    ],
)
def test_likeness(one: str, other: str, language: str, low: float, high: float) -> None:
    assert low <= similarity(one, other, language) <= high


@given(LANGUAGES.flatmap(lambda each: st.tuples(st.just(each), WORDS[each], WORDS[each])))
def test_likeness_is_even_handed_and_whole_only_for_the_same_words(given: tuple[str, str, str]) -> None:
    language, one, other = given
    value = similarity(one, other, language)
    assert 0 <= value <= 1
    assert value == similarity(other, one, language)
    assert (value == 1) is (size(one, language) > 0 and one == other)
    if value >= NEAR:
        low, high = bounds(size(one, language))
        assert low <= size(other, language) <= high


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("请打电话0975 8382", True),
        ("合成才让家的桥", True),
        ("合成 才让 家", True),
        ("桥明天修好", False),
        ("修 3 天,共 12 米", False),
        ("༡༣༩༠ པར་ཁ", True),
    ],
)
def test_what_belongs_to_somebody_is_not_remembered(text: str, whether: bool) -> None:
    assert particular(text, ["合成才让", "甲", ""]) is whether
