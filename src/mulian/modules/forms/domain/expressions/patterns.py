"""Patterns of `regex`: only those that Python, JavaScript and Java read alike and that no answer can make slow."""

from __future__ import annotations

import re

from mulian.modules.forms.domain.expressions.lexing import NotInSubset, Token
from mulian.modules.forms.domain.expressions.tree import Ast

LONGEST_ANSWER = 200
"""Characters; a longer answer fits no pattern."""
MOST_WAYS = LONGEST_ANSWER**3
"""How many ways an engine may have to try at worst: it stays within a blink."""
DEEPEST = 3
_UNIT = re.compile(
    r"\\[dDwWsS.\\/+*?()\[\]{}|^$-]"  # classes, and marks that stand for themselves
    r"|\[\^?(?:\\[dwsDWS.\\/\]\[^-]|[^\[\]\\])+\]"
    r"|[^\\\[\](){}*+?|^$]"
)
_TIMES = re.compile(r"([*+?])|\{(\d{1,3})(,(\d{0,3}))?\}")


def check_pattern(argument: Ast, token: Token) -> None:
    """Raises NotInSubset unless the argument is one quoted pattern `^…$` of our kind."""
    pattern = argument[1] if argument[0] == "lit" else None
    if not isinstance(pattern, str) or not _readable(pattern):
        raise NotInSubset(token.text, token.at, "pattern")


def _readable(pattern: str) -> bool:
    if len(pattern) < 2 or pattern[0] != "^" or pattern[-1] != "$" or pattern.endswith("\\$"):
        return False
    rest, ways = _sequence(pattern[1:-1], depth=0)
    return rest == "" and 0 < ways <= MOST_WAYS and _compiles(pattern)


def _sequence(rest: str, depth: int) -> tuple[str, int]:
    """What stands behind a run of units and groups, and in how many ways the run may be tried; 0: refused."""
    ways = 1
    while rest and rest[0] != ")":
        if rest[0] == "|":
            if depth == 0:
                return rest, 0
            ways, rest = ways * 2, rest[1:]
            continue
        inside, rest = _one(rest, depth)
        times = _TIMES.match(rest)
        if times:
            inside, rest = _repeated(inside, times), rest[times.end() :]
        ways = min(ways * inside, MOST_WAYS + 1)
        if not ways:
            break
    return rest, ways


def _one(rest: str, depth: int) -> tuple[int, str]:
    """One unit or one group: in how many ways it may be tried, and what stands behind it."""
    unit = _UNIT.match(rest)
    if unit:
        return 1, rest[unit.end() :]
    if rest[0] != "(" or depth >= DEEPEST:
        return 0, rest
    after, ways = _sequence(rest[3:] if rest.startswith("(?:") else rest[1:], depth + 1)
    return (ways, after[1:]) if after.startswith(")") else (0, after)


def _repeated(inside: int, times: re.Match[str]) -> int:
    """A part that can be read in several ways may be left out, but not repeated."""
    sign, least, comma, most = times.groups()
    if sign == "?":
        return inside + 1 if inside else 0
    if inside != 1:
        return 0
    if sign or (comma and not most):
        return LONGEST_ANSWER
    return int(most) - int(least) + 1 if comma else 1


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
