"""Tables to the XForm that ODK Collect loads, by the reference converter. Runs in a child with limits only."""

from __future__ import annotations

from mulian.modules.forms.domain.xlsform.headings import OURS, SEEN

Plain = dict[str, list[list[str]]]
"""sheet → rows of texts, the heading first."""


SUBJECTS = {
    "household": ("households.csv", "哪一户", "དུད་ཚང་གང་ཡིན", "Which family"),
    "member": ("members.csv", "哪一位家人", "ནང་མི་སུ་ཡིན", "Which member of a family"),
    "camp": ("camps.csv", "哪个牧点", "འབྲོག་མཚེར་གང་ཡིན", "Which camp"),
    "institution": ("institutions.csv", "哪个机构场所", "ལས་ཁུངས་གང་ཡིན", "Which institution"),
}
"""Our phone opens a form from a family's page; another app asks first, from the list of one's own."""


NAMED = "institution"
"""Who has none in the list may name it in words; the desk says later which it is."""
WHEN = ({"type": "start", "name": "mulian_start"}, {"type": "end", "name": "mulian_end"})
"""Other apps say by themselves when a form was filled in: what was written before a family moved is judged by then."""


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
    for sheet, rows in map(_for_each_language, tables, tables.values()):
        headings = [heading if heading not in OURS else "" for heading in rows[0]]
        first = _whom(tables) if sheet == "survey" else []
        last = WHEN if sheet == "survey" else ()
        found[sheet] = [*first, *(_row(headings, row) for row in rows[1:]), *last]
        found[f"{sheet}_header"] = [
            dict.fromkeys([*filter(None, headings), *(key for row in first for key in row)])
        ]
    return found


def _for_each_language(sheet: str, rows: list[list[str]]) -> tuple[str, list[list[str]]]:
    """A picture for all languages becomes one for each: the converter takes it for one of none."""
    shown = [heading.removeprefix("label") for heading in rows[0] if heading.startswith("label::")]
    places = [(at, heading) for at, heading in enumerate(rows[0]) if heading in SEEN]
    headings = [*rows[0], *(f"{heading}{language}" for _, heading in places for language in shown)]
    gone = {at for at, _ in places}
    first = [heading if at not in gone else "" for at, heading in enumerate(headings)]
    return sheet, [first, *([*row, *(row[at] for at, _ in places for _ in shown)] for row in rows[1:])]


def _whom(tables: Plain) -> list[dict[str, str]]:
    """The question whom the form is about."""
    if (about := _about(tables)) not in SUBJECTS:
        return []
    file, zh, bo, en = SUBJECTS[about]
    labels = {"label::中文 (zh)": zh, "label::བོད་ཡིག (bo)": bo, "label::English (en)": en}
    kind = {"type": f"select_one_from_file {file}", "name": "mulian_subject"}
    must = {} if about == NAMED else {"required": "yes"}
    return [{**kind, **labels, **must, "appearance": "autocomplete"}]


def _about(tables: Plain) -> str:
    headings, *rows = tables.get("settings") or [[]]
    return dict(zip(headings, rows[0], strict=False)).get("about", "") if rows else ""


def _row(headings: list[str], row: list[str]) -> dict[str, str]:
    return {heading: text for heading, text in zip(headings, row, strict=False) if heading and text}
