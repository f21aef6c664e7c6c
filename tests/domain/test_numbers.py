"""Case numbers survive a bad line: every single mistake is found."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.cases.domain.numbers import PER_DAY, SIGNS, check, clean, make_number, shown

AT = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
PREFIXES = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
DRAWN = st.integers(0, PER_DAY - 1)
NUMBERS = st.builds(lambda prefix, drawn: make_number(prefix, AT, lambda _: drawn), PREFIXES, DRAWN)
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


def test_a_number_tells_county_and_day_in_shanghai() -> None:
    number = make_number("GD", AT, lambda most: most - 1)
    assert number[:12] == "GD261122ZZZZ"
    assert shown(number) == f"GD 261122 ZZZZ{number[-1]}"


@given(NUMBERS)
def test_every_number_made_is_good_however_it_is_written(number: str) -> None:
    assert check(number)
    assert check(shown(number).lower())
    assert clean(shown(number)) == number


@given(NUMBERS, st.data())
def test_any_single_wrong_sign_is_found(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 1))
    sign = data.draw(st.sampled_from(LETTERS + DIGITS).filter(lambda each: each != number[at]))
    assert not check(number[:at] + sign + number[at + 1 :])


@given(NUMBERS, st.data())
def test_any_two_neighbours_swapped_are_found(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 2))
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or not check(swapped)


def test_random_text_is_rarely_a_number() -> None:
    chance = random.Random(3)
    guesses = ["GD261122" + "".join(chance.choices(SIGNS, k=5)) for _ in range(10_000)]
    assert sum(map(check, guesses)) < 10_000 / 25


@pytest.mark.parametrize(
    "text", ["", "GD", "261122ABCDE", "GD26112", "甘261122ABCDE", "GD2611220OI1L", "GD٢٦١١٢٢ABCDE"]
)
def test_other_text_is_no_number(text: str) -> None:
    assert not check(text)


def test_the_signs_cannot_be_mistaken_for_each_other() -> None:
    assert not set("01ILO") & set(SIGNS)
    assert len(set(SIGNS)) == 31


@pytest.mark.parametrize("prefix", ["", "gd", "G1", "甘德", "ABCDEFGHI"])
def test_a_prefix_is_capital_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        make_number(prefix, AT, lambda _: 0)
