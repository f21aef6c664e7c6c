"""Finds the number of a person in read text, however it was printed or misread (GB 11643-1999: 18 digits; before: 15).

What looks like one is covered, right or wrong; only one whose check digit is right makes us sure that we saw it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

FEWEST = 14
"""A run so long is covered: one digit of the old number may have been lost. A telephone number has eleven."""
PLAIN = 8
"""So many of them must be real digits: words of look-alike letters are no number."""
_ALIKE = {letter: digit for digit, letters in (
    ("0", "OoQD〇○零"), ("1", "lIi|!丨一"), ("2", "Zz"), ("5", "Ss"), ("6", "b"), ("8", "B"), ("9", "gq"),
) for letter in letters}  # fmt: skip
_CHECK = "xX×✕ХхΧ"
_BETWEEN = frozenset(" \t\u00a0-‐‑–—_.,·・:：/\\*")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
_DAY = r"(?:19|20)\d{2}[.年/\-]\d{1,2}[.月/\-]\d{1,2}日?"
_TERM = re.compile(rf"(?<!\d)(?<!\d\W){_DAY}\s*[-–—~至到]+\s*{_DAY}(?!\W?\d)")
"""A term from day to day has as many digits, and is none."""
_TIBETAN = {chr(0x0F20 + digit): str(digit) for digit in range(10)}


def runs(text: str) -> Iterator[tuple[int, int, str]]:
    """(first, behind the last, folded digits) of everything that looks like a person's number."""
    start, end, folded, plain = 0, 0, "", 0
    for place, letter in enumerate([*_TERM.sub(lambda term: "期" * len(term[0]), text), "\n"]):
        digit, real = _digit(letter)
        if digit:
            start = start if folded else place
            folded, end, plain = folded + digit, place + 1, plain + real
        elif not (folded and letter in _BETWEEN):
            if len(folded) >= FEWEST and plain >= PLAIN:
                yield start, end, folded
            folded, plain = "", 0


def looks_numbered(text: str) -> bool:
    """Whether it must be covered."""
    return any(runs(text))


def whole(folded: str) -> bool:
    """A number that could be somebody's: a date of birth inside, and the check digit where there is one."""
    if len(folded) == 15 and folded.isdigit():
        return _is_day("19" + folded[6:12])
    if len(folded) < 18 or not folded[:17].isdigit():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, folded, strict=False))
    return _SIGNS[total % 11] == folded[17] and _is_day(folded[6:14])


def covered(text: str) -> str:
    """The text without them."""
    for first, behind, _ in reversed(list(runs(text))):
        text = text[:first] + "■" + text[behind:]
    return text


def _digit(letter: str) -> tuple[str, bool]:
    """The digit it is or may be; whether it really is one."""
    plain = unicodedata.normalize("NFKC", letter)
    plain = _TIBETAN.get(plain, plain)
    if len(plain) == 1 and plain.isascii() and plain.isdigit():
        return plain, True
    if plain in _ALIKE:
        return _ALIKE[plain], False
    return ("X", False) if plain and plain in _CHECK else ("", False)


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).year >= 1880
    except ValueError:
        return False
