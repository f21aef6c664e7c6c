"""The files forms come in: workbooks read by the limited child of core.sheets, or markdown tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from mulian.core.files.shelving import Shelved
from mulian.core.sheets.tables import opened
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.domain.xlsform import Tables
from mulian.modules.forms.domain.xlsform.markdown import lines
from mulian.modules.forms.domain.xlsform.tables import MOST_ROWS, tables

LARGEST = 5_000_000
"""Bytes."""
MOST_LINES = 3 * sum(MOST_ROWS.values())

register("forms.too_large", 413, "The form is too large.", "Make two forms of it.")
register("forms.not_text", 422, "The form cannot be read.", "Save it as XLSX and send that.")

__all__ = ["Source", "read"]


@dataclass(frozen=True)
class Source:
    """A file as it was sent; the name says what it should be. `media`: the files that came along, by name."""

    name: str
    data: bytes
    media: Mapping[str, Shelved] = field(default_factory=dict)


def read(source: Source) -> Tables:
    """Raises `forms.too_large`, `forms.not_text` and the Problems of core.sheets."""
    if len(source.data) > LARGEST:
        raise Problem("forms.too_large")
    return _markdown(source.data) if source.name.lower().endswith(".md") else _workbook(source.data)


def _markdown(data: bytes) -> Tables:
    try:
        return tables(lines(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Problem("forms.not_text") from None


def _workbook(data: bytes) -> Tables:
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        with opened(file) as found:
            gathered = []
            for line in found:
                gathered.append((line.name, line.number, line.cells))
                if len(gathered) > MOST_LINES:
                    raise Problem("forms.too_large")
            return tables(gathered)
