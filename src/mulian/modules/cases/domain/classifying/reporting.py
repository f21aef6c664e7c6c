"""The figures of a model beside those of the plain machine, in lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import thread_time_ns

from mulian.modules.cases.domain.classifying import keeping
from mulian.modules.cases.domain.classifying.baseline import Baseline
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, measure
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.rows import Row

WANTED = 0.8
"""The share that should go by itself."""


@dataclass(frozen=True)
class Measured:
    """Figures of one sorter; rows it learnt from (0: not known), bytes it keeps, microseconds of a core a text: half of
    the texts need no more, 99 of 100 need no more."""

    figures: Figures
    rows: int
    size: int
    micros: float
    micros_p99: float


_SHOWN: tuple[tuple[str, Callable[[Measured], str]], ...] = (
    ("macro F1", lambda m: f"{m.figures.macro_f1:.4f}"),
    ("accuracy", lambda m: f"{m.figures.accuracy:.4f}"),
    ("right topic among two buttons", lambda m: f"{m.figures.in_two:.4f}"),
    ("share that could go at ≥ 98% right", lambda m: f"{m.figures.at_precision:.1%}"),
    ("size, bytes", lambda m: f"{m.size:,}"),
    ("time, µs a text, half", lambda m: f"{m.micros:,.0f}"),
    ("time, µs a text, 99 of 100", lambda m: f"{m.micros_p99:,.0f}"),
)


def of(model: Model, test: Sequence[Row]) -> Measured:
    """Each text judged alone, as when a report comes in; the first one is judged twice, to wake the machine up."""
    model.judge(test[0].text)
    took: list[int] = []
    answers: list[Answer] = []
    for row in test:
        start = thread_time_ns()
        judged = model.judge(row.text, row.also)
        took.append(thread_time_ns() - start)
        answers.append(
            Answer(row.label, judged.topics, judged.certainty, judged.sure, judged.branch, model.places)
        )
    size = len(keeping.to_bytes(model))
    return Measured(measure(answers), len(model.learnt), size, _part(took, 0.5), _part(took, 0.99))


def of_baseline(trained: Baseline, test: Sequence[Row]) -> Measured:
    """The same texts, judged all at once: its time is a mean."""
    start = thread_time_ns()
    answers = trained.answers(test)
    micros = (thread_time_ns() - start) / len(test) / 1000
    return Measured(measure(answers), trained.rows, trained.size, micros, micros)


def told(ours: Measured, theirs: Measured | None) -> Iterator[str]:
    """The figures side by side, what is sent and asked, what is mixed up."""
    yield f"{'':36}{'mulian':>12}{'n-gram SVM' if theirs else '':>14}"
    for title, show in _SHOWN:
        yield f"{title:36}{show(ours):>12}{show(theirs) if theirs else '':>14}"
    if theirs and ours.rows > theirs.rows > 0:
        yield f"the n-gram SVM learnt from {theirs.rows:,} of these rows: more would not fit in memory"
    yield from _sent(ours.figures)
    yield "mixed up most often (right → said, times):"
    yield from (f"  {right} → {said}  {times}" for right, said, times in ours.figures.mixed)


def _sent(figures: Figures) -> Iterator[str]:
    right = "–" if figures.sent_right is None else f"{figures.sent_right:.2%} of them rightly"
    yield f"sent by itself (threshold found while learning, on rows not learnt from): {figures.sent:.1%}, {right}"
    if figures.sent > 0 and figures.sent_whole < 1:
        yield f"  {figures.sent_whole:.1%} of them to a topic itself, the rest to one above it"
    if figures.sent_exact is not None and figures.sent_exact != figures.sent_right:
        yield f"  {figures.sent_exact:.2%} of them with the right topic as far as said, others to the right receivers"
    if figures.sent_near is not None:
        yield f"  {figures.sent_near:.2%} of them to the right topmost topic (what stands before the first dot)"
    buttons = f"{1 - figures.sent:.1%}, the right one among them {figures.asked_in_two:.1%}"
    yield f"asked with two buttons: {buttons}; certainty is off by {figures.gap:.3f} on average"
    if figures.sent < WANTED:
        yield f"below {WANTED:.0%}: {why(figures)}"


def why(figures: Figures) -> str:
    """Why less is sent than wanted, as far as the figures tell."""
    if figures.at_precision >= WANTED:
        return "too few rows to prove on rows not learnt from that so many would be right; learn from more"
    if figures.in_two >= 0.95:
        return "labels overlap: the right one is among the two likeliest, and the words do not tell which"
    return "the words tell too little: rows with words never learnt, or labels people give differently"


def _part(took: Sequence[int], share: float) -> float:
    return sorted(took)[min(int(len(took) * share), len(took) - 1)] / 1000
