"""The files that labels name: pictures and sounds, one for each language or, of a picture, one for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mulian.modules.forms.domain.definition import Media
from mulian.modules.forms.domain.xlsform.faults import Faults
from mulian.modules.forms.domain.xlsform.headings import HEARD, SEEN, split
from mulian.modules.forms.domain.xlsform.tables import Row, Tables


@dataclass(frozen=True)
class File:
    """What the reader must know of a file: its kind (`image/png`) and its content's name."""

    mime: str
    sha256: str


def named_files(tables: Tables) -> list[str]:
    """The names in the columns of files, once each, in the order of the sheets."""
    cells = [cell for cell in tables.cells() if split(cell.column)[0] in (HEARD, *SEEN)]
    return list(dict.fromkeys(cell.text for cell in cells if cell.text != cell.column))


class Files:
    """`known`: file name → file, also those of the form's version before. Remembers which a cell named."""

    def __init__(self, known: Mapping[str, File], faults: Faults) -> None:
        self.known, self.faults = known, faults
        self.named: set[str] = set()

    def of(self, row: Row, headings: tuple[str, ...]) -> Media:
        """What a row's label is shown and said by. Files that are missing or of another kind are faults."""
        found: dict[str, dict[str, str]] = {}
        for heading in headings:
            column, language = split(heading)
            if column in (HEARD, *SEEN) and (sha256 := self._content(row, heading, column)):
                found.setdefault(column.removeprefix("media::"), {})[language or "zh"] = sha256
        return found

    def _content(self, row: Row, heading: str, column: str) -> str:
        name = row.text(heading)
        if not name:
            return ""
        file = self.known.get(name)
        self.named.add(name)
        if file is None:
            self.faults.add("file", row.at(heading))
        elif file.mime.startswith("audio/") != (column == HEARD):
            self.faults.add("file_kind", row.at(heading))
        return file.sha256 if file else ""
