"""The marks of a text: hashed n-grams of characters, and of Tibetan syllables and Latin words.

Three blocks, each weighed on its own: short runs of characters (for Chinese from one on), long runs, and units.
Tibetan is seen three ways: letters inside and across syllables (without the tsheg, which is what goes missing most),
syllables without their case particle, and rows of two and three syllables. A mark is 32 bits; two different n-grams
share one about once in 10,000 for a vocabulary of 400,000, which costs less than keeping the words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.kernel.text import tokens

Keys = NDArray[np.uint32]
Floats = NDArray[np.float32]

SHORT, LONG, UNITS = range(3)
BLOCKS = 3
LONGEST = 6
"""Characters in the longest run."""
UNIT_RUN = 3
"""Syllables or words in the longest row of units."""
READ_HEAD, READ_TAIL = 1500, 500
"""Of a longer text its beginning and its end are read: a story tells its matter there, and time is bounded."""

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_TSHEG = str.maketrans({"\u0f0c": "\u0f0b", "\u0f0e": "\u0f0d"})
_MARK = "\u0f0b"
_HAN_FIRST, _HAN_LAST, _ASTRAL = 0x3400, 0x9FFF, 0x20000
_STEP, _SPREAD, _SALT = (np.uint64(each) for each in (0x100000001B3, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93))
_BLOCK_SALTS = np.arange(1, BLOCKS + 1, dtype=np.uint64) * _SALT
_TOP = np.uint64(32)


@dataclass(frozen=True)
class Marks:
    """The different marks of one text: ascending keys, how often each occurs, and the block of each."""

    keys: Keys
    counts: Floats
    blocks: NDArray[np.uint8]


def marks(text: str, also: Iterable[str] = ()) -> Marks:
    """The marks of a text of any length and script; never raises. `also` are facts beside the words, as words."""
    read = normal(text)
    letters = _codes(read.replace(_MARK, ""))
    runs = _runs(letters, LONGEST)
    found = [(_kept(run, n, letters), SHORT if n <= 2 else LONG) for n, run in enumerate(runs, 1)]
    found += [(run, UNITS) for run in _runs(_units(read), UNIT_RUN)]
    found.append((_runs(_hashed(f"also:{each}" for each in also), 1)[0], UNITS))
    keys = np.concatenate([_salted(run, block) for run, block in found])
    blocks = np.concatenate([np.full(len(run), block, np.uint8) for run, block in found])
    different, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return Marks(different, counts.astype(np.float32), blocks[first])


def normal(text: str) -> str:
    """One spelling of what is written in several ways; every digit is 0, every gap one space."""
    if len(text) > READ_HEAD + READ_TAIL:
        text = f"{text[:READ_HEAD]} {text[-READ_TAIL:]}"
    plain = unicodedata.normalize("NFKC", text).translate(_TSHEG).casefold()
    return f" {_SPACE.sub(' ', _DIGIT.sub('0', plain)).strip()} "


def _codes(text: str) -> NDArray[np.uint64]:
    raw = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.uint64)


def _units(text: str) -> NDArray[np.uint64]:
    """Tibetan syllables and Latin words in order; Chinese has none of its own, its characters are the runs."""
    return _hashed(token for token in tokens(text) if not token.startswith("zq"))


def _hashed(words: Iterable[str]) -> NDArray[np.uint64]:
    return np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)


def _runs(items: NDArray[np.uint64], longest: int) -> list[NDArray[np.uint64]]:
    """Hashes of all runs of 1, 2 … `longest` items."""
    found = [items + np.uint64(1)]
    for n in range(2, longest + 1):
        before = found[-1]
        found.append(before[:-1] * _STEP * _SALT + items[n - 1 :] + np.uint64(n) if len(before) else before)
    return found


def _kept(run: NDArray[np.uint64], n: int, codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A single character says something in Chinese only."""
    if n > 1:
        return run
    return run[((codes >= _HAN_FIRST) & (codes <= _HAN_LAST)) | (codes >= _ASTRAL)]


def _salted(run: NDArray[np.uint64], block: int) -> Keys:
    mixed = (run ^ _BLOCK_SALTS[block]) * _SPREAD
    mixed ^= mixed >> _TOP
    found: Keys = ((mixed * _STEP * _SALT) >> _TOP).astype(np.uint32)
    return found
