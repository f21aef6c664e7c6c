"""What is wrong with one cell of a form, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mulian.kernel.problems import Problem, register
from mulian.modules.forms.domain.expressions.lexing import NotInSubset
from mulian.modules.forms.domain.xlsform.tables import Cell

MOST = 30


def N_(text: str) -> str:  # noqa: N802 -- the name that collects source strings
    """Marks a source string for collection; rules know no Django."""
    return text


WHERE = N_("Sheet %(sheet)s, row %(row)s, column %(column)s: “%(text)s” cannot be published.")
_ADVICE = {
    "type": N_("Use a kind of question that the guide lists."),
    "name": N_("Write a name of Latin letters, digits and _ that its group has only once."),
    "column": N_("Take this column out: it is not one that the guide lists."),
    "list": N_("Write this list on the sheet of choices."),
    "label": N_("Write it in Chinese and in Tibetan."),
    "language": N_("Name the language of the column as the guide shows."),
    "group": N_("Give every group its beginning and its end."),
    "yes": N_("Write true(), or leave it empty."),
    "default": N_("Write a plain value that fits the question."),
    "parameter": N_("Write max-pixels and a number, or leave it empty."),
    "range": N_("Write start=0 end=10, and step=1 at most."),
    "appearance": N_("Leave it empty, or use an appearance that the guide lists."),
    "setting": N_("Write this setting as the guide shows."),
    "many": N_("Make two forms of it."),
    "fact": N_("Name an item of the register that fits this question."),
    "refused": N_("Mulian does not hold this. Take it out; the guide says what serves the need instead."),
    "circle": N_("Take it apart: in the end it asks for itself."),
    "position": N_("Use position(..) only inside a repeat."),
    "converter": N_("The converter says in English what is wrong."),
    "file": N_("Send this file along, or take its name out."),
    "file_kind": N_("Name a picture for an image and a sound for an audio."),
    "shorter": N_("Write it shorter."),
    "path": N_("Write ${name} instead of a path."),
    "character": N_("Take this character out of the expression."),
    "end": N_("Look what stands behind the end of the expression."),
    "bracket": N_("Look whether every bracket is closed."),
    "depth": N_("Use fewer brackets within brackets."),
    "value": N_("A question, a number or a word in quotes belongs here."),
    "word": N_("Put words in quotes and write questions as ${name}."),
    "reference": N_("Name a question that the form has exactly once."),
    "arguments": N_("Give the function as many values as it needs."),
    "function": N_("Use a function that the guide lists."),
    "choice_name": N_("Give jr:choice-name the same question twice, the second time in quotes."),
    "pattern": N_("Begin the pattern with ^, end it with $, and repeat nothing that itself repeats."),
}
for _why, _next in _ADVICE.items():
    register(f"forms.cell_{_why}", 422, WHERE, _next)
register(
    "forms.file_unused",
    422,
    "The form does not name the file “%(name)s”.",
    "Name it in a column media::image or media::audio, or leave it away.",
)
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

    def unused(self, name: str) -> None:
        """A file was sent that no cell names."""
        self.found.append(Problem("forms.file_unused", name=name[:LONGEST]))

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
