"""Words of an expression with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2000
"""Characters of one cell's expression."""


class NotInSubset(ValueError):
    """The expression is not one of ours: `at` is the place in the cell, counted from 1; `advice` what to write."""

    def __init__(self, found: str, at: int, advice: str) -> None:
        super().__init__(f"{found!r} at {at}: {advice}")
        self.found, self.at, self.advice = found, at, advice


@dataclass(frozen=True)
class Token:
    """`kind`: name, reference, number, text, sign or end."""

    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<reference>\$\{\s*(?P<name>[^{}\s]+)\s*\})
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<sign>\.\.|<=|>=|!=|[-+*=<>(),.])
    |(?P<word>[^\W\d][\w-]*(?::[^\W\d][\w-]*)?)""",
    re.VERBOSE,
)
_CURLY = str.maketrans("‘’“”", "''\"\"")
"""Spreadsheets turn quotes into curly ones; pyxform turns them back, and so do we."""


def tokens(text: str) -> Iterator[Token]:
    """Raises NotInSubset at the first character that begins no word of ours."""
    if len(text) > LONGEST:
        raise NotInSubset(text[:20], LONGEST, "shorter")
    smooth, at = text.translate(_CURLY), 0
    while at < len(smooth):
        match = _TOKEN.match(smooth, at)
        if match is None:
            raise NotInSubset(smooth[at], at + 1, "path" if smooth[at] in "/@[]:" else "character")
        if match.lastgroup != "space":
            yield _token(match, at + 1)
        at = match.end()
    yield Token("end", "", len(smooth) + 1)


def _token(match: re.Match[str], at: int) -> Token:
    if match["reference"]:
        return Token("reference", match["name"], at)
    if match["text"]:
        return Token("text", match["text"][1:-1], at)
    kind = "number" if match["number"] else "sign" if match["sign"] else "name"
    return Token(kind, match[0], at)
