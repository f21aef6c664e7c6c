"""Learns a model from texts whose topic is known. Needs scikit-learn; the same rows and seed give the same model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.branches import branch_of, branches
from mulian.modules.cases.domain.classifying.certainty import Certainty
from mulian.modules.cases.domain.classifying.destinations import (
    Destination,
    Destinations,
    by_levels,
    destination,
)
from mulian.modules.cases.domain.classifying.finding import Finder
from mulian.modules.cases.domain.classifying.heads import (
    Head,
    Labels,
    Weights,
    beside,
    effort,
    heads,
)
from mulian.modules.cases.domain.classifying.levels import Level, judged
from mulian.modules.cases.domain.classifying.marks import READ_HEAD, READ_TAIL, marks
from mulian.modules.cases.domain.classifying.matrix import (
    Counted,
    Sparse,
    count,
    vocabulary,
    weigh,
)
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.prints import prints
from mulian.modules.cases.domain.classifying.promising import Said, thresholds
from mulian.modules.cases.domain.classifying.rows import Row, sample
from mulian.modules.cases.domain.classifying.trying import Task, folds, try_out

MOST_LETTERS = 20_000_000
"""Of more an even choice of texts is learnt from: memory stays below 1.5 GB."""
FILE_BYTES = 14_000_000
"""Room for the table, its keys and the prints of what was learnt from: the file stays below 15 MB."""
_CELLS = 24_000_000
_MOST_MARKS = 1_000_000
_NEVER = 1e3
"""Taken from a sum of certainty, it leaves none."""
_PER_MARK, _PER_PRINT = 6, 8
"""Bytes beside the weights: a key of four, a rarity of two; a print of a text."""


def learn(
    rows: Sequence[Row],
    *,
    hints: Sequence[Row] = (),
    places: Destinations | None = None,
    seed: int = 1,
    name: str = "model",
    private: bool = False,
    tell: Callable[[str], object] = lambda said: None,
) -> Model:
    """A model from at least one row. Few rows give a model that is never sure.

    `hints` (a topic's own words) are learnt from, looked for in every text, and never measured with. Of more than
    `MOST_LETTERS` an even choice is learnt from. `private`: keep no mark that only one row has, and no prints of the
    texts. `places`: where each label's reports go (none: by their levels); one may go by itself where that is sure,
    though its closest topic is not. `tell` hears what is done.
    """
    rows = bounded(rows)
    everyone = [*rows, *hints]
    topics = tuple(sorted({row.label for row in everyone}))
    labels = np.array([topics.index(row.label) for row in everyone], dtype=np.int64)
    tell(f"reading {len(everyone):,} texts of {len(topics):,} labels")
    finder = Finder.of(hints)
    counted = _counted(rows, hints, finder, len(topics), private)
    asked = effort(counted.counts.nnz, len(topics))
    fold_of = np.append(folds(labels[: len(rows)], seed, asked.parts), np.full(len(hints), -1))
    task = Task(counted, fold_of, asked, seed, tell)
    words = vocabulary(counted, np.arange(len(everyone)))
    weighed = weigh(counted, np.arange(len(everyone)), words)
    close = _told_apart(task, weighed, labels, len(topics))
    above = branches(topics)
    of = np.array([above.index(branch_of(topics[at])) for at in labels], dtype=np.int64) if above else labels
    top = _told_apart(task, weighed, of, len(above)) if above else None
    known = {**by_levels(topics), **(places or {})}
    said = Said(close.level.answers, topics), Said(top.level.answers, above) if top else None
    sure = thresholds(*said, [topics[at] for at in labels[close.rows]], known)
    folded = beside(close.folded, top.folded) if top else close.folded
    learnt = np.zeros(0, np.uint64) if private else prints(rows)
    kept = _worth_keeping(folded, weighed, room(len(topics) + len(above), len(learnt)))
    table, scale = _small(folded.weights[kept])
    return Model(
        name=name, topics=topics, branches=above, keys=words.keys[kept], learnt=learnt,
        rarity=words.rarity[kept].astype(np.float16), table=table, scale=scale, finder=finder,
        constant=folded.constant.astype(np.float32), named=sure.named, places=_used(known, (*topics, *above)),
        certainty=_proved(close.level.certainty, labels[: len(rows)], sure.topic),
        branch_certainty=_proved(top.level.certainty, of[: len(rows)], sure.branch) if top else None,
    )  # fmt: skip


def _counted(
    rows: Sequence[Row], hints: Sequence[Row], finder: Finder, topics: int, private: bool
) -> Counted:
    """How often each mark stands in each text; of rows that are nobody's to see only marks that two have."""
    return count(
        (marks(row.text, row.also, finder.topics(row.text)) for row in rows),
        min(_MOST_MARKS, _CELLS // topics),
        least=2 if private else 1,
        public=[marks(hint.text, (), finder.topics(hint.text)) for hint in hints],
    )


@dataclass(frozen=True)
class _Told:
    """All ways as one table, and the answers of one level to the `rows` that were tried."""

    folded: Head
    level: Level
    rows: NDArray[np.int64]


def _told_apart(task: Task, weighed: Sparse, labels: Labels, topics: int) -> _Told:
    held_out = try_out(task, labels, topics)
    level = judged(held_out, labels[held_out.rows])
    task.tell(f"learning {topics} labels from all, {len(task.effort.ways)} ways")
    ways = heads(weighed, labels, topics, task.effort.ways, task.seed)
    return _Told(level.mix.fold(ways), level, held_out.rows)


def _proved(certainty: Certainty, labels: Labels, threshold: float) -> Certainty:
    """A topic no text is known of (only a pack's words) was in no trial: it is offered, and never sure."""
    never = np.bincount(labels, minlength=len(certainty.constant)) == 0
    return replace(certainty, threshold=threshold, constant=certainty.constant - np.where(never, _NEVER, 0.0))


def _used(places: Destinations, names: Sequence[str]) -> dict[str, Destination]:
    """Of those the model can say, and which are not simply their own."""
    own = ((name, destination(places, name)) for name in names)
    return {name: found for name, found in own if found != (name, name)}


def bounded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that are learnt from: all, or an even choice of very many or very long ones."""
    letters = sum(min(len(row.text), READ_HEAD + READ_TAIL) for row in rows)
    return sample(rows, len(rows) if letters <= MOST_LETTERS else len(rows) * MOST_LETTERS // letters)


def room(topics: int, learnt: int) -> int:
    """How many marks a file has room for."""
    return max(FILE_BYTES - _PER_PRINT * learnt, FILE_BYTES // 4) // (topics + _PER_MARK)


def _worth_keeping(folded: Head, weighed: Sparse, most: int) -> NDArray[np.int64]:
    """The marks that move scores most, at most so many."""
    if len(folded.weights) <= most:
        return np.arange(len(folded.weights))
    used = np.sqrt(np.bincount(weighed.indices, weighed.data**2, weighed.shape[1]))
    moved = used * np.abs(folded.weights).max(axis=1)
    return np.sort(np.argsort(-moved, kind="stable")[:most])


def _small(weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers of -127..127 with one scale for each topic."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)
