"""The words of the glossary: the pack's, with what the administrator changed, added and took out."""

from __future__ import annotations

from mulian.modules.cases.domain.terms import Term
from mulian.modules.cases.models import GlossaryTerm
from mulian.modules.cases.queries.rules import rules


def terms() -> list[Term]:
    """Those in use: the pack's order, then what was added."""
    mine = {row.code: row for row in GlossaryTerm.objects.order_by("changed_at", "code")}
    base = {each.code: each for each in rules().terms}
    merged = {**base, **{code: _own(row) for code, row in mine.items()}}
    return [term for code, term in merged.items() if not (code in mine and mine[code].dropped)]


def dropped() -> list[Term]:
    """What was taken out and can be put back."""
    return [_own(row) for row in GlossaryTerm.objects.filter(dropped=True).order_by("zh", "code")]


def sought(words: str) -> list[Term]:
    """Terms with these letters in one of their words; all of them without any."""
    letters = words.strip().casefold().rstrip("་།")
    return [
        each for each in terms() if letters in f"{each.zh}\n{each.bo}\n{each.note}\n{each.code}".casefold()
    ]


def _own(row: GlossaryTerm) -> Term:
    return Term(row.code, row.zh, row.bo, row.note, own=True)
