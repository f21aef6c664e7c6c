"""What a recording says: words of a label, without what changes and without marks.

A recording belongs to a language and its words, not to a button: "save" is spoken once, wherever it stands, and a
label that is worded anew is simply missing until somebody speaks it. Older phones go on finding the older words.
"""

from __future__ import annotations

import re
import unicodedata

SPOKEN = ("bo", "zh-Hans")
"""The languages recorded, by the phone's own codes. English is left to the phone: no family is spoken to in it."""
MOST_WORDS = 300
"""Characters; the longest explanation on a phone has half as many."""
_HOLE = re.compile(r"\{\w+\}")
_EDGES = re.compile(r"^[\W_་།༎༏༐༑༔]+|[\s་།༎༏༐༑༔.,:;!?。，、：；！？…]+$")
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """The words in one form: composed, single spaces, no marks at the ends."""
    whole = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _EDGES.sub("", whole).strip()


def pieces(text: str) -> list[str]:
    """The words of a label that never change: what stands between its holes ("{n} waiting" → "waiting")."""
    found = (plain(piece) for piece in _HOLE.split(text))
    return [piece for piece in found if _LETTER.search(piece)]


def shown(text: str) -> str:
    """The whole label for a reader: an ellipsis for what changes."""
    return _HOLE.sub("…", text)
