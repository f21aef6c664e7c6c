"""Search tokens for Chinese, Tibetan and Latin text; one tokeniser feeds every search engine.

Chinese has no spaces, so a run of characters becomes its bigrams (a run of one stays one). Tibetan is
compared by syllable with the case particle taken off (glossary rule 15). Runs of Latin letters and digits
are one lower-case token.

Every token is plain ASCII letters and digits, so SQLite's FTS5 and PostgreSQL's `tsvector` treat it alike:
Latin stays as it is, the rest is written as a mark and hexadecimal code points (`zq6865`, `bq0f430f44`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HAN, _TIBETAN, _OTHER = "zq", "bq", "uq"
_MARKS = (_HAN, _TIBETAN, _OTHER)
_TIBETAN_DIGITS = {0x0F20 + digit: str(digit) for digit in range(10)}
_HAN_CLASS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TIBETAN_CLASS = "\u0f00\u0f40-\u0fbc"
_RUN = re.compile(
    f"(?P<han>[{_HAN_CLASS}]+)|(?P<tibetan>[{_TIBETAN_CLASS}]+)|(?P<word>[^\\W_{_HAN_CLASS}{_TIBETAN_CLASS}]+)"
)
_VOWELS_AND_SUBJOINED = re.compile("[\u0f71-\u0f87\u0f8d-\u0fbc]$")
_LETTER = re.compile("[\u0f40-\u0f6c]")
_WRITTEN_APART = ("འི", "འམ", "འང")
_WRITTEN_ON = ("ར", "ས")
_PREFIX_LETTERS = "གདབམའ"
_IN_TIBETAN = re.compile("[\u0f40-\u0fbc]")
_IN_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Term:
    """One thing to look for; with `prefix` every token that begins so counts."""

    token: str
    prefix: bool = False


def language_of(text: str) -> str:
    """The language a text is written in (`bo`, `zh-hans`), as far as its script tells; empty for none."""
    if _IN_TIBETAN.search(text):
        return "bo"
    return "zh-hans" if _IN_CHINESE.search(text) else ""


def tokens(text: str) -> list[str]:
    """The search tokens of `text` in order, repeats kept."""
    found: list[str] = []
    for run in _RUN.finditer(_normal(text)):
        if han := run["han"]:
            found += [_encode(_HAN, gram) for gram in bigrams(han)]
        elif tibetan := run["tibetan"]:
            found.append(_encode(_TIBETAN, without_particle(tibetan)))
        else:
            found.append(_word(run["word"]))
    return found


def query(text: str) -> list[Term]:
    """What a person typed, as terms that must all be found; Latin and digits match as prefixes."""
    return [Term(token, _may_prefix(token)) for token in dict.fromkeys(tokens(text))]


def bigrams(run: str) -> list[str]:
    """Overlapping pairs: 道路断 gives 道路 and 路断; a single character stays."""
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def syllables(text: str) -> list[str]:
    """The Tibetan syllables of `text` without case particles; everything else is left out."""
    return [without_particle(run["tibetan"]) for run in _RUN.finditer(_normal(text)) if run["tibetan"]]


def without_particle(syllable: str) -> str:
    """Take a final འི ར ས འམ འང off a syllable.

    ར and ས are case particles only after an open syllable; after a suffix letter they belong to the word, so
    གངས (snow) stays whole. A word that ends in འ drops it before འི; it gets it back: བཀའི is found under བཀའ.
    """
    for particle in _WRITTEN_APART:
        if syllable.endswith(particle) and len(syllable) > len(particle):
            stem = syllable[: -len(particle)]
            return stem + "འ" if _needs_a_chung(stem) else stem
    if syllable[-1] in _WRITTEN_ON and _is_open(syllable[:-1]):
        return syllable[:-1]
    return syllable


def _is_open(stem: str) -> bool:
    return (len(stem) == 1 and bool(_LETTER.match(stem))) or bool(_VOWELS_AND_SUBJOINED.search(stem))


def _needs_a_chung(stem: str) -> bool:
    return len(stem) == 2 and stem[0] in _PREFIX_LETTERS and all(_LETTER.match(letter) for letter in stem)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_TIBETAN_DIGITS).casefold()


def _word(run: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))
    return plain if plain.isascii() else _encode(_OTHER, plain)


def _encode(mark: str, characters: str) -> str:
    return mark + "".join(f"{ord(character):04x}" for character in characters)


def _may_prefix(token: str) -> bool:
    """A Latin prefix must not run into the marks of encoded tokens: typing `z` must not find all Chinese."""
    return not any(mark.startswith(token) or token.startswith(mark) for mark in _MARKS)
