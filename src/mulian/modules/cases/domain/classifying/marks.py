"""The marks of a text: hashed n-grams of characters, and of Tibetan syllables.

Three blocks, each weighed on its own: runs of one to four characters, rows of one to three Tibetan syllables, and the
topics whose words a pack found in the text (`finding.py`). Tibetan is seen twice: its letters inside and across
syllables (without the tsheg, which is what goes missing most), and its syllables without their case particle. The more
of a text is Tibetan, the more its syllables weigh, up to half; Chinese is its characters alone.
A mark is 32 bits; two different n-grams share one about once in 10,000 for a vocabulary of
400,000, which costs less than keeping the words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.kernel.text import syllables

Keys = NDArray[np.uint32]
Floats = NDArray[np.float32]

RUNS, UNITS, FOUND = range(3)
BLOCKS = 3
LONGEST = 4
"""Characters in the longest run."""
UNIT_RUN = 3
"""Syllables in the longest row."""
FOUND_SHARE = 0.25
"""Of a text's squared length, what the topics whose words stand in it weigh together."""
READ_HEAD, READ_TAIL = 1500, 500
"""Of a longer text its beginning and its end are read: a story tells its matter there, and time is bounded."""

_SPACE = re.compile(r"\s+")
_TIBETAN = re.compile("[\u0f40-\u0fbc]")
_ONE_WAY = {0x0F0C: "\u0f0b", 0x0F0E: "\u0f0d", **{0x0F20 + digit: str(digit) for digit in range(10)}}
_MARK = "\u0f0b"
_STEP, _SPREAD, _SALT = (np.uint64(each) for each in (0x100000001B3, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93))
_BLOCK_SALTS = np.arange(1, BLOCKS + 1, dtype=np.uint64) * _SALT
_TOP = np.uint64(32)


@dataclass(frozen=True)
class Marks:
    """The different marks of one text: ascending keys, how often each occurs, and the block of each.

    `tibetan` is the part of its letters that is Tibetan (0..1).
    """

    keys: Keys
    counts: Floats
    blocks: NDArray[np.uint8]
    tibetan: float


def marks(text: str, also: Iterable[str] = (), found: Iterable[str] = ()) -> Marks:
    """The marks of a text of any length and script; never raises. `also` are facts beside the words, as words; `found`
    the topics whose words stand in it."""
    read = normal(text)
    plain = read.replace(_MARK, "")
    tibetan = len(_TIBETAN.findall(plain))
    runs = [*_runs(_codes(plain), LONGEST), _hashed(f"also:{each}" for each in also)]
    units = _runs(_hashed(syllables(read)), UNIT_RUN) if tibetan else []
    blocks_of = [(RUNS, run) for run in runs] + [(UNITS, run) for run in units]
    blocks_of.append((FOUND, _hashed(found)))
    keys = np.concatenate([_salted(run, block) for block, run in blocks_of])
    blocks = np.concatenate([np.full(len(run), block, np.uint8) for block, run in blocks_of])
    different, first, counts = np.unique(keys, return_index=True, return_counts=True)
    share = tibetan / max(len(plain) - plain.count(" "), 1)
    return Marks(different, counts.astype(np.float32), blocks[first], share)


def normal(text: str) -> str:
    """One spelling of what is written in several ways; every gap is one space."""
    plain = unicodedata.normalize("NFKC", cut(text)).translate(_ONE_WAY).casefold()
    return _SPACE.sub(" ", plain).strip()


def letters(text: str) -> str:
    """The letters of a text alone, without gaps and marks between syllables."""
    return normal(text).replace(_MARK, "").replace(" ", "")


def cut(text: str) -> str:
    """Of a very long text its beginning and its end."""
    return text if len(text) <= READ_HEAD + READ_TAIL else f"{text[:READ_HEAD]} {text[-READ_TAIL:]}"


def block_weights(norms: Floats, tibetan: Floats) -> Floats:
    """Factors of the blocks (rows by `BLOCKS`) that give every text the same length, whatever its own."""
    share = np.where(norms[:, RUNS] > 0, tibetan / 2, 1.0) * (norms[:, UNITS] > 0)
    told = np.where(norms[:, FOUND] > 0, FOUND_SHARE, 0.0)
    wanted = np.sqrt(np.stack([(1 - share) * (1 - told), share * (1 - told), told], axis=1))
    found: Floats = (wanted / np.where(norms > 0, norms, 1)).astype(np.float32)
    return found


def _codes(text: str) -> NDArray[np.uint64]:
    raw = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.uint64)


def _hashed(words: Iterable[str]) -> NDArray[np.uint64]:
    return np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)


def _runs(items: NDArray[np.uint64], longest: int) -> list[NDArray[np.uint64]]:
    """Hashes of all runs of 1, 2 … `longest` items."""
    found = [items + np.uint64(1)]
    for n in range(2, longest + 1):
        before = found[-1]
        found.append(before[:-1] * _STEP * _SALT + items[n - 1 :] + np.uint64(n) if len(before) else before)
    return found


def _salted(run: NDArray[np.uint64], block: int) -> Keys:
    mixed = (run ^ _BLOCK_SALTS[block]) * _SPREAD
    mixed ^= mixed >> _TOP
    found: Keys = ((mixed * _STEP * _SALT) >> _TOP).astype(np.uint32)
    return found
