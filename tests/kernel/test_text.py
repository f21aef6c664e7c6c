"""Tokens of Chinese, Tibetan and Latin text, and what a typed query looks for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel import text
from mulian.kernel.text import Term


def test_chinese_runs_become_bigrams() -> None:
    assert text.tokens("道路断") == ["zq90538def", "zq8def65ad"]


def test_a_single_character_stays_one_token() -> None:
    assert text.tokens("桥 a") == ["zq6865", "a"]


def test_punctuation_ends_a_run() -> None:
    assert text.tokens("断了。路") == [*text.tokens("断了"), *text.tokens("路")]


def test_latin_and_digits_are_one_lower_case_token() -> None:
    assert text.tokens("Road7 GD2611224K7M2, ok") == ["road7", "gd2611224k7m2", "ok"]


def test_marks_on_latin_letters_do_not_hide_a_word() -> None:
    assert text.tokens("Dêrnang") == ["dernang"]


def test_tibetan_and_full_width_digits_are_digits() -> None:
    assert text.tokens("༢༠༢༦ ２０２６") == ["2026", "2026"]


def test_a_non_breaking_tsheg_is_a_tsheg() -> None:
    assert text.syllables("བོད\u0f0cཡིག") == text.syllables("བོད་ཡིག") == ["བོད", "ཡིག"]


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("བོད་པའི", ["བོད", "པ"]),
        ("ཟམ་པར", ["ཟམ", "པ"]),
        ("མི་ཡིས", ["མི", "ཡི"]),
        ("རྩྭས", ["རྩྭ"]),
        ("པའམ", ["པ"]),
        ("པའང", ["པ"]),
        ("གངས་སྐྱོན", ["གངས", "སྐྱོན"]),
        ("འགྲིམས", ["འགྲིམས"]),
        ("ས་ཡོམ།", ["ས", "ཡོམ"]),
        ("ར", ["ར"]),
        ("བཀའི", ["བཀའ"]),
        ("མཐའི", ["མཐའ"]),
        ("གངས་སྐྱོན།", ["གངས", "སྐྱོན"]),
        ("ལམ་ཆད་སོང༎", ["ལམ", "ཆད", "སོང"]),
    ],
)
def test_case_particles_are_taken_off_and_suffixes_are_not(written: str, stem: list[str]) -> None:
    assert text.syllables(written) == stem


def test_a_word_is_found_with_and_without_its_particle() -> None:
    assert set(text.tokens("ཟམ་པ")) <= set(text.tokens("ཟམ་པར་སྐྱོན་ཤོར"))


@given(st.text())
def test_every_token_is_plain_ascii(any_text: str) -> None:
    assert all(re.fullmatch("[0-9a-z]+", token) for token in text.tokens(any_text))


@given(st.text(), st.text())
def test_text_apart_gives_the_tokens_of_both(one: str, other: str) -> None:
    assert text.tokens(f"{one}\n{other}") == text.tokens(one) + text.tokens(other)


@given(st.text(alphabet="道路断了桥水电草场冰雪灾", min_size=2, max_size=12), st.data())
def test_every_part_of_a_chinese_text_is_found_in_it(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole) - 2))
    end = data.draw(st.integers(start + 2, len(whole)))
    wanted = {term.token for term in text.query(whole[start:end])}
    assert wanted <= set(text.tokens(whole))


def test_latin_terms_match_as_prefixes_and_others_do_not() -> None:
    assert text.query("GD26 桥断 ཟམ") == [
        Term("gd26", prefix=True),
        Term("zq686565ad"),
        Term("bq0f5f0f58"),
    ]


@pytest.mark.parametrize("typed", ["z", "b", "u", "zq", "zq6865", "bq0"])
def test_a_typed_prefix_never_runs_into_encoded_tokens(typed: str) -> None:
    assert text.query(typed) == [Term(typed, prefix=False)]


def test_a_query_asks_for_each_thing_once() -> None:
    assert [term.token for term in text.query("road road ROAD")] == ["road"]
