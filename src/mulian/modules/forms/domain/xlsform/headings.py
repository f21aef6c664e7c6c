"""Which columns a form may have, and which language a column speaks."""

from __future__ import annotations

import re

from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.tables import MOST_COLUMNS, MOST_ROWS, Cell, Row, Tables

SPOKEN = ("label", "hint", "constraint_message")
"""Columns that exist once for each language."""
HEARD, SEEN = "media::audio", ("media::image", "media::big-image")
"""Columns that name files; a picture may stand for all languages, a sound is in one."""
PLAIN = {
    "survey": (
        "type", "name", "relevant", "required", "read_only", "constraint", "calculation", "default",
        "appearance", "choice_filter", "repeat_count", "parameters", "fact",
    ),
    "choices": ("list_name", "name"),
    "settings": (
        "form_id", "version", "form_title", "title_zh", "title_bo", "title_en", "default_language", "style", "about",
        "passing", "until", "keep_days",
    ),
}  # fmt: skip
LANGUAGES = ("zh", "bo", "en")
_LANGUAGE = re.compile(r"(?P<column>.+?)::(?P<shown>[^:]*\((?P<code>zh|bo|en)\))")
OURS = frozenset({"fact", "title_zh", "title_bo", "title_en", "about", "passing", "until", "keep_days"})
"""Columns that the converter need not see."""


def split(heading: str) -> tuple[str, str]:
    """(column, language): `label::中文 (zh)` is ("label", "zh"); without a language ("label", "")."""
    match = _LANGUAGE.fullmatch(heading)
    return (match["column"], match["code"]) if match else (heading, "")


def check_headings(tables: Tables, faults: Faults) -> None:
    """Every column is known, once; there are not too many rows. Columns of `choices` for filters are free."""
    for sheet, headings in tables.headings.items():
        seen: set[str] = set()
        for heading in filter(None, headings):
            if why := _wrong(sheet, heading, seen):
                faults.add(why, Cell(sheet, 1, heading, heading))
            seen.add(heading)
        last = max((row.number for row in tables.rows[sheet]), default=1)
        if last - 1 > MOST_ROWS[sheet] or len(headings) > MOST_COLUMNS:
            faults.add("many", Cell(sheet, last, headings[0], headings[0]))
        _strays(tables, sheet, faults)


def _strays(tables: Tables, sheet: str, faults: Faults) -> None:
    for row in tables.rows[sheet]:
        for column, cell in row.cells.items():
            if column not in tables.headings[sheet]:
                faults.add("column", cell)


def _wrong(sheet: str, heading: str, seen: set[str]) -> str:
    column, language = split(heading)
    if heading in seen:
        return "column"
    if column in SPOKEN and sheet != "settings":
        return "" if language else "language"
    if sheet != "settings" and column in (HEARD, *SEEN):
        return "" if language or column in SEEN else "language"
    if column in PLAIN[sheet] or (sheet == "choices" and re.fullmatch(r"[a-z][a-z0-9_]{0,30}", heading)):
        return ""
    return "column"


def words(row: Row, column: str, headings: tuple[str, ...]) -> dict[str, str]:
    """zh, bo, en → what the row says in a column; what is empty is left out."""
    found = {split(heading)[1]: row.text(heading) for heading in headings if split(heading)[0] == column}
    return {language: found[language] for language in LANGUAGES if found.get(language)}
