"""What an expression is worth, given something that knows the answers."""

from __future__ import annotations

import math
from typing import Protocol

from mulian.modules.forms.domain.expressions.functions import FUNCTIONS
from mulian.modules.forms.domain.expressions.tree import COMPARISONS, Ast
from mulian.modules.forms.domain.expressions.values import NAN, Value, compare, number, truth


class Surroundings(Protocol):
    """Where an expression stands: what it may ask for. Days are `YYYY-MM-DD` in China's time."""

    @property
    def today(self) -> str: ...
    @property
    def now(self) -> str: ...
    def of(self, path: str) -> Value: ...
    def own(self) -> Value: ...
    def position(self) -> int: ...
    def column(self, name: str) -> str: ...
    def choice_label(self, path: str, name: str) -> str: ...


def evaluate(ast: Ast, around: Surroundings) -> Value:
    """The value of a parsed expression; never raises for any answer."""
    match ast:
        case ["lit", value]:
            return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        case ["ref", path]:
            return around.of(path)
        case ["self"]:
            return around.own()
        case ["choice", column]:
            return around.column(column)
        case ["and", left, right]:
            return holds(left, around) and holds(right, around)
        case ["or", left, right]:
            return holds(left, around) or holds(right, around)
        case ["not", inside]:
            return not holds(inside, around)
        case ["neg", inside]:
            return -number(evaluate(inside, around))
        case ["call", name, *arguments]:
            return _called(name, arguments, around)
    operator, left, right = ast
    if operator in COMPARISONS:
        return compare(operator, evaluate(left, around), evaluate(right, around))
    return _reckoned(operator, number(evaluate(left, around)), number(evaluate(right, around)))


def holds(ast: Ast, around: Surroundings) -> bool:
    """Whether a condition is true."""
    return truth(evaluate(ast, around))


def _called(name: str, arguments: list[Ast], around: Surroundings) -> Value:
    match name:
        case "if":
            test, yes, no = arguments
            return evaluate(yes if holds(test, around) else no, around)
        case "today":
            return around.today
        case "now":
            return around.now
        case "position":
            return float(around.position())
        case "jr:choice-name":
            chosen = evaluate(arguments[0], around)
            return around.choice_label(arguments[1][1], str(chosen))
    return FUNCTIONS[name](*(evaluate(each, around) for each in arguments))


def _reckoned(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "div":
            return _divided(left, right)
        case _:
            return math.fmod(left, right) if math.isfinite(left) and right else NAN


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)
