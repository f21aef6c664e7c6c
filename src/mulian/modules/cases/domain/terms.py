"""The glossary: words of an office in both languages, found in a text and looked for in its translation.

Chinese is compared by character, Tibetan by syllable without case particles (`kernel.text`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mulian.kernel.text import syllables

BO, ZH = "bo", "zh-hans"


@dataclass(frozen=True)
class Term:
    """One word and its counterpart; `note` says when it is the right one. `own`: an administrator's, not the pack's."""

    code: str
    zh: str
    bo: str
    note: str = ""
    own: bool = False

    def word(self, language: str) -> str:
        return self.bo if language == BO else self.zh


def units(text: str, language: str) -> tuple[str, ...]:
    """What a text is compared by: syllables of Tibetan, characters of anything else."""
    if language == BO:
        return tuple(syllables(text))
    return tuple(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def found(text: str, terms: Iterable[Term], language: str) -> list[Term]:
    """Terms whose word stands in the text, in its order, the longest where several begin; each once."""
    first = _by_beginning(terms, language)
    here, at, seen = units(text, language), 0, dict[Term, None]()
    while at < len(here):
        standing = [
            (word, term) for word, term in first.get(here[at], ()) if here[at : at + len(word)] == word
        ]
        longest = max((len(word) for word, _ in standing), default=1)
        seen.update(dict.fromkeys(term for word, term in standing if len(word) == longest))
        at += longest
    return list(seen)


def _by_beginning(terms: Iterable[Term], language: str) -> dict[str, list[tuple[tuple[str, ...], Term]]]:
    first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in terms:
        if word := units(term.word(language), language):
            first.setdefault(word[0], []).append((word, term))
    return first


def missing(translation: str, wanted: Sequence[Term], source: str) -> list[Term]:
    """Terms of the text whose counterpart the translation lacks. Where a word has several, any of them will do."""
    target = ZH if source == BO else BO
    there = units(translation, target)
    met = {each.word(source) for each in wanted if _stands(units(each.word(target), target), there)}
    return [each for each in wanted if each.word(source) not in met]


def _stands(word: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return any(text[at : at + len(word)] == word for at in range(len(text) - len(word) + 1))
