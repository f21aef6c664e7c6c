"""Tables to the XForm that ODK Collect loads, by the reference converter. Runs in a child with limits only."""

from __future__ import annotations

from mulian.modules.forms.domain.xlsform.headings import OURS

Plain = dict[str, list[list[str]]]
"""sheet → rows of texts, the heading first."""


class NotConverted(Exception):
    """The converter's own sentence, in English."""


def xform(tables: Plain) -> str:
    """The XForm's XML. Raises NotConverted."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415 -- slow import, after the limits
    from pyxform.xls2xform import convert  # noqa: PLC0415 -- slow import, after the limits

    try:
        return str(convert(_workbook(tables), form_name="data", warnings=[]).xform)
    except PyXFormError as wrong:
        raise NotConverted(str(wrong)) from None


def _workbook(tables: Plain) -> dict[str, object]:
    """As the converter's own readers give it; row numbers are kept by empty rows."""
    found: dict[str, object] = {"sheet_names": list(tables)}
    for sheet, rows in tables.items():
        headings = [heading if heading not in OURS else "" for heading in rows[0]]
        found[sheet] = [_row(headings, row) for row in rows[1:]]
        found[f"{sheet}_header"] = [dict.fromkeys(filter(None, headings))]
    return found


def _row(headings: list[str], row: list[str]) -> dict[str, str]:
    return {heading: text for heading, text in zip(headings, row, strict=False) if heading and text}
