"""What a parsed expression is: a list whose first word says what it does. Phones hold the same lists.

["lit", value] · ["ref", path] · ["self"] · ["choice", column] · [operator, left, right] · ["not", a] · ["neg", a] ·
["call", function, argument…].
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Ast = list[Any]

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})

ARITY: dict[str, tuple[int, int]] = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "string-length": (1, 1),
    "regex": (2, 2),
    "today": (0, 0),
    "now": (0, 0),
    "if": (3, 3),
    "coalesce": (2, 2),
    "count": (1, 1),
    "sum": (1, 1),
    "min": (1, 12),
    "max": (1, 12),
    "int": (1, 1),
    "round": (1, 2),
    "number": (1, 1),
    "string": (1, 1),
    "concat": (1, 12),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "substr": (2, 3),
    "position": (0, 0),
    "date": (1, 1),
    "decimal-date-time": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "jr:choice-name": (2, 2),
}
"""function → fewest and most arguments as they stand in the list (`position(..)` stands there without one)."""


def parts(ast: Ast) -> Iterator[Ast]:
    """The expression and every expression inside it."""
    yield ast
    inside = {"lit": 0, "ref": 0, "self": 0, "choice": 0, "call": 2}.get(ast[0], 1)
    for each in ast[inside:] if inside else ():
        yield from parts(each)


def references(ast: Ast) -> set[str]:
    """Every path an expression reads."""
    return {part[1] for part in parts(ast) if part[0] == "ref"}
