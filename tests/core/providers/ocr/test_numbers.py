"""A person's number is found however it was printed or misread; telephones, days and areas are not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.providers.ocr.numbers import covered, looks_numbered, runs, whole
from tests.core.providers.ocr.drawn import NUMBER, OLD_NUMBER

WRITTEN = [
    NUMBER,
    "11010519491231002X",
    "11010519491231002x",
    OLD_NUMBER,
    "632623 1984 0512 0020",
    "632623-19840512-0020",
    "６３２６２３１９８４０５１２００２０",
    "6326231984O512OO2O",
    "63262319840S12002O",
    "6326231984051200Z0",
    "63262319B4051200 20",
    "༦༣༢༦༢༣༡༩༨༤༠༥༡༢༠༠༢༠",
    "号码:632623198405120020",
    "632623198405120020431B1",
    "632623198405I20020",
]
NOT_ONE = [
    "13897001234",
    "0975-8304000",
    "2019.03.01-2039.03.01",
    "1984年5月12日",
    "1200.50亩",
    "青海省果洛州",
    "SOLID OIL BOSS LOL",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_found_and_covered(text: str) -> None:
    assert looks_numbered(text)
    assert not any(part.isdigit() and len(part) > 3 for part in covered(text).split("■"))


@pytest.mark.parametrize("text", NOT_ONE)
def test_other_figures_stay(text: str) -> None:
    assert (looks_numbered(text), covered(text)) == (False, text)


@pytest.mark.parametrize(
    ("folded", "sure"),
    [(NUMBER, True), ("11010519491231002X", True), (OLD_NUMBER, True), ("632623198405120021", False),
     ("632623198413120020", False), ("632623841312002", False), ("63262319840512002", False)],
)  # fmt: skip
def test_only_a_right_check_digit_and_day_make_sure(folded: str, sure: bool) -> None:
    assert whole(folded) is sure


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["", " ", "-", "  ", "."]), min_size=17, max_size=17), st.data())
def test_gaps_and_look_alikes_do_not_help(gaps: list[str], data: st.DataObject) -> None:
    alike = {"0": "0O〇", "1": "1lI", "2": "2Z", "5": "5S", "8": "8B"}
    letters = [data.draw(st.sampled_from(alike.get(d, d))) if n % 4 == 0 else d for n, d in enumerate(NUMBER)]
    text = "".join(letter + gap for letter, gap in zip(letters, [*gaps, ""], strict=True))

    (found,) = runs(f"号 {text} 完")
    assert (found[2], whole(found[2])) == (NUMBER, True)
