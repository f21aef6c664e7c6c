"""What is wrong with one cell of a form, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mulian.kernel.problems import Problem, register
from mulian.modules.forms.domain.expressions.lexing import NotInSubset
from mulian.modules.forms.domain.xlsform.tables import Cell

MOST = 30
WHERE = "Sheet %(sheet)s, row %(row)s, column %(column)s: “%(text)s” cannot be published."
_ADVICE = {
    "type": "Use a kind of question that the guide lists.",
    "name": "Write a name of Latin letters, digits and _ that its group has only once.",
    "column": "Take this column out: it is not one that the guide lists.",
    "list": "Write the choices of this list on the sheet choices.",
    "label": "Write it in Chinese and in Tibetan.",
    "language": "Write the language as 中文 (zh), བོད་ཡིག (bo) or English (en).",
    "group": "Give every group its beginning and its end.",
    "yes": "Write yes, or leave it empty.",
    "default": "Write a plain value that fits the question.",
    "parameter": "Write max-pixels and a number, or leave it empty.",
    "appearance": "Leave it empty, or use an appearance that the guide lists.",
    "setting": "Write form_id, version (digits), about and the title in three languages.",
    "many": "Make two forms of it.",
    "fact": "Name an item of the register that fits this question.",
    "media": "Send a sound or a picture of this name with the form.",
    "refused": "Mulian does not hold this. Take it out; the guide says what serves the need instead.",
    "circle": "Take it apart: in the end it asks for itself.",
    "position": "Use position(..) only inside a repeat.",
    "converter": "The converter says in English what is wrong.",
    "shorter": "Write it shorter.",
    "path": "Write ${name} instead of a path.",
    "character": "Take this character out of the expression.",
    "end": "Look what stands behind the end of the expression.",
    "bracket": "Look whether every bracket is closed.",
    "depth": "Use fewer brackets within brackets.",
    "value": "A question, a number or a word in quotes belongs here.",
    "word": "Put words in quotes and write questions as ${name}.",
    "reference": "Name a question that the form has exactly once.",
    "arguments": "Give the function as many values as it needs.",
    "function": "Use a function that the guide lists.",
    "choice_name": "Write jr:choice-name(${name}, '${name}') with the same question twice.",
    "pattern": "Begin the pattern with ^, end it with $, and repeat nothing that itself repeats.",
}
for _why, _next in _ADVICE.items():
    register(f"forms.cell_{_why}", 422, WHERE, _next)
LONGEST = 60


class NotAForm(Exception):
    """Everything that keeps a form from being published, in the order of its sheets."""

    def __init__(self, faults: list[Problem]) -> None:
        super().__init__(faults[0].title)
        self.faults = faults


class Faults:
    """Gathers faults while a form is read, so that its author sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, why: str, cell: Cell, text: str = "") -> None:
        shown = (text or cell.text)[:LONGEST]
        self.found.append(
            Problem(f"forms.cell_{why}", sheet=cell.sheet, row=cell.row, column=cell.column, text=shown)
        )

    @contextmanager
    def expression(self, cell: Cell) -> Iterator[None]:
        """An expression outside our part is the fault of its cell."""
        try:
            yield
        except NotInSubset as wrong:
            why = "word" if wrong.advice == "name" else wrong.advice
            self.add(why, cell, f"{cell.text[:40]} … {wrong.found}" if wrong.found else cell.text)

    def stop(self) -> None:
        """Raises NotAForm when anything was found."""
        if self.found:
            raise NotAForm(self.found[:MOST])
