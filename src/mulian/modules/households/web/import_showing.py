"""A brought table as its pages show it: columns with examples, families with before and after, the marked copy."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from mulian.core.sheets.writing import Sheet, write_xlsx
from mulian.core.ui.filters import moment
from mulian.kernel.problems import PROBLEMS
from mulian.modules.households.actions.importing import mapping
from mulian.modules.households.domain.catalogue import Item, Type
from mulian.modules.households.domain.importing.columns import Heading
from mulian.modules.households.domain.importing.titles import FAMILY_STATES
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.domain.titles import RELATIONS
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.web.forms import LANGUAGES
from mulian.modules.households.web.import_forms import MeaningsForm, meant
from mulian.modules.households.web.showing import words

EXAMPLES = 3
ORDER = ("doubtful", "wrong", "changed", "new", "applied", "stayed", "left", "undone", "known")
TONES = {"doubtful": "warn", "wrong": "danger", "new": "good", "applied": "good", "changed": "info"}
SHAPES = {"doubtful": "diamond", "wrong": "cross", "new": "full", "applied": "tick", "changed": "half"}


def first_to_look_at(row: Import) -> str:
    """What waits for a person, else what there is."""
    return next((state for state in ORDER if row.counts.get(state)), "new")


def chips(row: Import, shown: str) -> list[dict[str, Any]]:
    """The states of the families, with their number."""
    return [
        {
            "state": state,
            "word": gettext(FAMILY_STATES[state]),
            "count": row.counts[state],
            "tone": TONES.get(state, "neutral"),
            "shape": SHAPES.get(state, "dot"),
            "here": state == shown,
        }
        for state in ORDER
        if row.counts.get(state)
    ]


def done(row: Import) -> dict[str, int]:
    """How far the worker has come, from the lines themselves."""
    states = (
        list(queries.heads(row).values_list("state", flat=True))
        if row.state in ("applying", "undoing")
        else []
    )
    waiting = ("new", "changed") if row.state == "applying" else ("applied",)
    left = sum(1 for state in states if state in waiting)
    settled = ("applied",) if row.state == "applying" else ("undone", "stayed")
    gone = sum(1 for state in states if state in settled)
    return {"done": gone, "of": left + gone}


def columns(row: Import, found: Sequence[Heading], form: MeaningsForm) -> list[dict[str, Any]]:
    """Each column: its heading, some of its cells, and what it may mean or why it is not read."""
    rows = queries.lines(row).filter(number__gt=row.last)[:20]
    examples: defaultdict[int, list[str]] = defaultdict(list)
    for line in rows:
        for column, text in enumerate(line.cells):
            if text and text not in examples[column] and len(examples[column]) < EXAMPLES:
                examples[column].append(text)
    return [
        {
            "heading": one,
            "examples": [] if one.refused else examples[one.column],
            "field": None if one.refused else form[f"c{one.column}"],
        }
        for one in found
        if one.title or one.refused or examples[one.column]
    ]


def families(row: Import, heads: list[ImportLine], at: datetime) -> list[dict[str, Any]]:
    """The families of one page: who they are in the table, what would change, whom they are like."""
    lines: defaultdict[int, list[ImportLine]] = defaultdict(list)
    for line in queries.lines(row).filter(family__in=[head.number for head in heads]):
        lines[line.family or 0].append(line)
    likest = {UUID(id) for head in heads for id, _ in head.likest}
    known = queries.known(likest | {head.household for head in heads if head.household}, at.date())
    return [_family(row, head, lines[head.number], known) for head in heads]


def _family(row: Import, head: ImportLine, lines: list[ImportLine], known: dict[UUID, Any]) -> dict[str, Any]:
    named = {target: int(column) for column, target in row.mapping.items()}
    return {
        "line": head.number,
        "state": head.state,
        "says": [_says(line, named) for line in lines],
        "changes": [_change(change) for change in head.change],
        "faults": [_fault(row, line.number, column, code) for line in lines for column, code in line.faults],
        "household": known.get(head.household) if head.household else None,
        "likest": [known[UUID(id)] for id, _ in head.likest if UUID(id) in known],
        "answer": head.answer,
        "chosen": head.household,
    }


def _says(line: ImportLine, named: dict[str, int]) -> str:
    """What the table tells of the people, to be compared by eye."""
    shown = (
        "household.number",
        "household.name",
        "household.village",
        "member.name",
        "member.relation",
        "member.birth_year",
        "household.phone",
    )
    cells = [line.cells[named[t]] for t in shown if t in named and named[t] < len(line.cells)]
    return " · ".join(dict.fromkeys(cell for cell in cells if cell))


def _change(change: list[Any]) -> dict[str, str]:
    what, _, who, before, after = change
    return {"what": meant(what), "who": who, "before": _said(what, before), "after": _said(what, after)}


def _said(what: str, value: Any) -> str:
    """A value as people read it."""
    if value in (None, ""):
        return ""
    if what == "member.relation":
        return gettext(RELATIONS[Relation(value)])
    if what == "household.language":
        return str(dict(LANGUAGES).get(value, value))
    item = catalogue().items.get(what)
    return str(value) if item is None else said_of(item, value)


def said_of(item: Item, value: Any) -> str:
    """An item's value in the reader's words; empty for what is not known."""
    if value in (None, ""):
        return ""
    if item.type == Type.CHOICE and value in item.choices:
        return words(item.choices[value])
    if item.type == Type.YES_NO:
        return gettext("Yes") if value else gettext("No")
    return f"{value} {words(item.unit)}" if item.unit else str(value)


def _fault(row: Import, number: int, column: int | None, code: str) -> dict[str, Any]:
    target = row.mapping.get(str(column), "") if column is not None else ""
    return {"line": number, "what": meant(target) if target else "", "sentence": sentence(code)}


def sentence(code: str) -> str:
    """A fault in the reader's language: what is wrong and what to do; of one no longer known, its code."""
    meaning = PROBLEMS.get(code)
    if meaning is None:
        return code
    return f"{gettext(meaning.title)} {gettext(meaning.next_step)}"


def marked_copy(row: Import, who: str, at: datetime) -> bytes:
    """The families that were not taken over, with their cells as they came and a sentence at each wrong one."""
    states = (ImportLine.State.WRONG, ImportLine.State.LEFT, ImportLine.State.DOUBTFUL)
    wrong = queries.heads(row).filter(state__in=states).values("number")
    lines = list(queries.lines(row).filter(family__in=wrong))
    titles = [one.title for one in mapping.headings(row)]
    wanted = sorted(int(column) for column in row.mapping)
    marks: dict[tuple[int, int], str] = {}
    for turn, line in enumerate(lines):
        for column, code in line.faults:
            place = wanted.index(column) + 1 if column in wanted else 0
            marks[turn, place] = (
                f"{marks[turn, place]} {sentence(code)}" if (turn, place) in marks else sentence(code)
            )
    sheet = Sheet(
        name=gettext("To be corrected"),
        titles=[gettext("Line"), *(titles[column] for column in wanted if column < len(titles))],
        rows=[[line.number, *(_cell(line, column) for column in wanted)] for line in lines],
        above=[f"{row.file_name} · {row.source} · {row.purpose}"],
        marks=marks,
    )
    out = io.BytesIO()
    write_xlsx(out, [sheet], footer=f"{who} · {moment(at)} · {row.purpose}")
    return out.getvalue()


def _cell(line: ImportLine, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""
