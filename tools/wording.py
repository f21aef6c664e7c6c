"""Rules a translated string must keep: placeholders, and how Tibetan is written (docs/reference: wording)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from steps import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +\d.]*[a-z]|%[-#0 +\d.]*[sdif](?![a-z])|\{(\w*)[^{}\s]*\}")
MARKUP = re.compile(r"<[^>]+>|&\w+;|https?://\S+")
TSHEG, SHAD = "\u0f0b", "\u0f0d"


def placeholders(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def allowed_words() -> set[str]:
    """Names and abbreviations that stay as they are in every language (locale/unchanged.txt)."""
    path = ROOT / "locale" / "unchanged.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def bare(text: str, allowed: set[str]) -> str:
    """The words left when placeholders, markup and unchanged names are taken out."""
    left = MARKUP.sub(" ", PLACEHOLDER.sub(" ", text.replace("%%", " ")))
    for word in sorted(allowed, key=len, reverse=True):
        left = re.sub(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", " ", left)
    return left


def is_sentence(msgid: str) -> bool:
    """Sentences keep their final shad; labels are stored without a final mark and get it when shown."""
    return bool(re.search(r"[.!?…。]\s*$", MARKUP.sub("", msgid)))


def placeholder_faults(msgid: str, plural: str | None, text: str) -> Iterator[str]:
    wanted, got = placeholders(plural or msgid), placeholders(text)
    if got not in (wanted, placeholders(msgid)):
        yield f"placeholders are {got}, wanted are {wanted}"


def tibetan_faults(msgid: str, text: str, allowed: set[str]) -> Iterator[str]:
    words = bare(text, allowed)
    if latin := re.findall(r"[A-Za-z]{2,}", words):
        yield f"Latin words {latin} (add names that stay to locale/unchanged.txt)"
    if re.search(r"[\u3400-\u9fff]", words):
        yield "Chinese characters in a Tibetan string"
    if not re.search(r"[\u0f40-\u0fbc]", text) and re.search(r"[A-Za-z]{2,}", bare(msgid, allowed)):
        yield "no Tibetan letters in it"
    if unicodedata.normalize("NFC", text) != text:
        yield "not in Unicode form NFC"
    yield from _mark_faults(is_sentence(msgid), text.rstrip("\n"))


def _mark_faults(sentence: bool, text: str) -> Iterator[str]:
    if text != text.strip():
        yield "blank at an end"
    if re.search(rf"(?<!\u0f44){TSHEG}{SHAD}", text):
        yield "tsheg before shad (only after ང)"
    if text.endswith(TSHEG):
        yield "ends in a tsheg"
    if not sentence and text.endswith(SHAD):
        yield "a label ends in a shad (it is added when shown)"


def chinese_faults(msgid: str, text: str, allowed: set[str]) -> Iterator[str]:
    if not re.search(r"[\u3400-\u9fff]", text) and re.search(r"[A-Za-z]{2,}", bare(text, allowed)):
        yield "no Chinese characters in it"
