"""How Tibetan is stored in a pack: syllables joined, no final mark (the screens add it), no spaces, NFC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

TIBETAN = re.compile("[\u0f00-\u0fff]")
STORED = re.compile("([\u0f00-\u0fff]|[0-9]|\\{[a-z]+\\})+")
FINAL_MARK = re.compile("[\u0f0b\u0f0c\u0f0d\u0f0e\u0f14]$")


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a table with its path, keys of tables left out."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            code = inner.get("code", index) if isinstance(inner, dict) else index
            yield from strings(inner, f"{path}[{code}]")


def wrong_writing(text: str) -> str | None:
    """What is wrong with a Tibetan string, or None; strings without Tibetan letters are never wrong."""
    if not TIBETAN.search(text):
        return None
    if FINAL_MARK.search(text):
        return "ends with a mark; store words without it, the screens add it"
    if unicodedata.normalize("NFC", text) != text:
        return "is not in Unicode NFC"
    return None if STORED.fullmatch(text) else "holds spaces or characters that are not Tibetan"


def tibetan(value: Any) -> tuple[tuple[str, str], ...]:
    """(path, string) of everything written in Tibetan."""
    return tuple((path, text) for path, text in strings(value) if TIBETAN.search(text))
