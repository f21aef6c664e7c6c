"""Expressions: parsed and evaluated the same as Python's own arithmetic and logic say, whatever they are."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.modules.forms.domain.answers import Filling, Spot, check
from mulian.modules.forms.domain.definition import About, Choice, Definition, Kind, Node
from mulian.modules.forms.domain.expressions.evaluating import evaluate
from mulian.modules.forms.domain.expressions.lexing import NotInSubset
from mulian.modules.forms.domain.expressions.parsing import parse

NODE = Node("n", Kind.INTEGER, "n")
TODAY = "2026-11-22"


def value(text: str, answer: int | None = None) -> Any:
    form = Definition("f", "1", {}, About.NONE, (NODE,))
    spot = Spot(Filling(form, {"n": answer}, TODAY), NODE, ())
    return evaluate(parse(text, lambda name: "n" if name == "n" else None), spot)


numbers = st.integers(-50, 50).map(lambda each: (f"{each}" if each >= 0 else f"(- {-each})", float(each)))
"""Text of an expression, and its value as Python reckons it."""


def _joined(pair: tuple[tuple[str, Any], str, tuple[str, Any]]) -> tuple[str, Any]:
    (left, first), operator, (right, second) = pair
    return f"({left} {operator} {right})", _oracle(operator, first, second)


def _oracle(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "div" if right and math.isfinite(left):
            return left / right
        case "mod" if right and math.isfinite(left):
            return math.fmod(left, right)
    return math.nan


reckoned = st.recursive(
    numbers,
    lambda below: st.tuples(below, st.sampled_from(["+", "-", "*"]), below).map(_joined),
    max_leaves=12,
)


@given(reckoned)
def test_arithmetic_is_as_python_reckons(pair: tuple[str, float]) -> None:
    assert value(pair[0]) == pair[1]


@given(st.integers(-99, 99), st.integers(-99, 99).filter(bool))
def test_parts_and_rests_make_the_whole_again(left: int, right: int) -> None:
    whole, rest = value(f"int({left} div {right})"), value(f"{left} mod {right}")
    assert whole * right + rest == left


@given(st.integers(-9, 9), st.integers(-9, 9), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]))
def test_comparisons(left: int, right: int, sign: str) -> None:
    python = {"=": "=="}.get(sign, sign)
    assert value(f"{left} {sign} {right}") is eval(f"{left} {python} {right}")


flat = st.lists(st.tuples(st.booleans(), st.sampled_from(["and", "or"])), min_size=1, max_size=8)


@given(flat)
def test_and_binds_closer_than_or(terms: list[tuple[bool, str]]) -> None:
    words = [f"{str(term).lower()}() {joint}" for term, joint in terms]
    text = " ".join(words).rsplit(" ", 1)[0]
    python = " ".join(f"{term} {joint}" for term, joint in terms).rsplit(" ", 1)[0]
    assert bool(value(text)) is eval(python)


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_no_text_breaks_the_parser(text: str) -> None:
    found: list[int] = [1]
    try:
        parse(text, lambda name: None)
    except NotInSubset as refused:
        found.append(refused.at)
    assert 1 <= found[-1] <= len(text) + 1


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("abcr"), below),
    max_leaves=9,
)


@given(anything)
def test_no_answers_break_the_check(answers: Any) -> None:
    nodes = (
        Node("a", Kind.INTEGER, "a", constraint=[">", ["self"], ["lit", 1]]),
        Node("b", Kind.SELECT_MULTIPLE, "b", choices=(Choice("x", {}),)),
        Node("c", Kind.GEOPOINT, "c", required=["call", "true"]),
        Node("r", Kind.REPEAT, "r", children=(Node("a", Kind.DATE, "r/a"), Node("b", Kind.IMAGE, "r/b"))),
    )
    given = (
        answers if isinstance(answers, dict) else {"a": answers, "r": [answers], "b": answers, "c": answers}
    )
    outcome = check(Definition("f", "1", {}, About.NONE, nodes), given, today=TODAY)
    again = check(Definition("f", "1", {}, About.NONE, nodes), outcome.kept, today=TODAY)
    assert again.kept == outcome.kept
    assert set(again.refused.values()) <= {"required", "choice", "constraint"}


fine = [
    r"^1[3-9]\d{9}$",
    r"^(\d{3}-)?\d{7,8}$",
    r"^[A-Z]{2}\d{2}$",
    r"^(?:yes|no)$",
    r"^.*@.*$",
    r"^\d+\.\d+$",
]
"""Patterns people write."""
bad = [
    r"(a+)+",
    r"^(a+)+$",
    r"^(a|a)*$",
    r"^(a?){30}$",
    r"^(?=a)a$",
    r"^\p{L}$",
    r"^a(?i)b$",
    "^[$",
    "a",
    "^a*b*c*d*$",
    "^a|b$",
]


@pytest.mark.parametrize("pattern", fine)
def test_patterns_people_write_are_taken(pattern: str) -> None:
    assert parse(f"regex(., '{pattern}')", lambda name: None)[1] == "regex"


@pytest.mark.parametrize("pattern", bad)
def test_patterns_that_differ_or_run_away_are_refused(pattern: str) -> None:
    with pytest.raises(NotInSubset):
        parse(f"regex(., '{pattern}')", lambda name: None)


@given(
    st.lists(
        st.sampled_from(["a", "b", "[ab]", "(a|b)", "(ab)", "a*", "a+", "b{1,9}", "(a)?", "c?"]), max_size=12
    )
)
@settings(max_examples=60, deadline=None)
def test_what_is_taken_never_runs_away(parts: list[str]) -> None:
    pattern = f"^{''.join(parts)}$"
    try:
        parse(f"regex(., '{pattern}')", lambda name: None)
    except NotInSubset:
        return
    for said in ("a" * 199 + "c", "ab" * 99 + "d"):  # one that ran away would never come back
        assert re.fullmatch(pattern, said) is None or said
