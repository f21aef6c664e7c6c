"""What a text is about, as learnt from confirmed cases and the pack's words. Loaded when first needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from mulian.core.database.batch import remembered
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying.rows import TRANSCRIPT
from mulian.modules.cases.domain.lexicon import SURE
from mulian.modules.cases.models import Case, ListeningItem, Sorter
from mulian.modules.cases.queries.rules import rules

if TYPE_CHECKING:
    from mulian.modules.cases.domain.classifying.model import Judgement, Model

BUTTONS = 2
"""Topics offered to whoever decides."""
_CONSIDERED = 12
"""Of the likeliest topics so many are looked at: some may be gone from the pack or lie in another branch."""


@dataclass(frozen=True)
class Learnt:
    """The likeliest topics (of those the pack has), how certain the first is, and the model that says so.

    `branch`: where the first is not sure, the topic above that is ("": none), and how certain that is; then the topics
    that lie below it come first.
    """

    topics: tuple[str, ...]
    certainty: float
    sure: bool
    model: str
    branch: str = ""
    branch_certainty: float = 0.0


def learnt(text: str, also: Iterable[str] = ()) -> Learnt | None:
    """What the model in use says of a text; None without a model, a text or a topic the pack still has."""
    in_use = remembered(("cases.sorter",), _in_use) if text.strip() else None
    if in_use is None:
        return None
    id, name = in_use
    model = loaded(id)
    if model is None:
        return None
    judged: Judgement = model.judge(text, also, best=_CONSIDERED)
    there = tuple(topic for topic in judged.topics if topic in rules().topics.by_code)
    if not there:
        return None
    sure = judged.sure and judged.certainty >= SURE and there[0] == judged.topic
    usable = judged.branch_certainty >= SURE and judged.branch in rules().topics.by_code
    branch, how = (judged.branch, judged.branch_certainty) if usable and not sure else ("", 0.0)
    if branch:
        there = tuple(sorted(there, key=lambda topic: branch not in rules().topics.ancestors(topic)[1:]))
    return Learnt(there[:BUTTONS], judged.certainty, sure, name, branch, how)


def offered(case: Case) -> list[tuple[str, float | None]]:
    """(topic, certainty) of the two buttons: of the model, filled up from the pack's words (None: not said).

    Of a voice nobody has written down yet, by what a machine heard: it proposes, and a person presses.
    """
    text, also = (case.text, ()) if case.text else (_draft(case), (TRANSCRIPT,))
    said = learnt(text, also)
    hint = rules().lexicon.suggest(text) if text else None
    found: dict[str, float | None] = {}
    for at, topic in enumerate(said.topics if said else ()):
        found[topic] = said.certainty if said and at == 0 else None
    if hint is not None:
        found.setdefault(hint.topic, None if said else hint.confidence)
    if hint is not None and hint.runner_up:
        found.setdefault(hint.runner_up, None)
    return list(found.items())[:BUTTONS]


def _draft(case: Case) -> str:
    items = ListeningItem.objects.filter(case_id=case.id, about=ListeningItem.About.REPORT)
    return items.exclude(suggestion="").values_list("suggestion", flat=True).first() or ""


def _in_use() -> tuple[UUID, str] | None:
    return Sorter.objects.filter(state=Sorter.State.IN_USE).values_list("id", "name").first()


@lru_cache(maxsize=2)
def loaded(id: UUID) -> Model | None:
    """The model of this row, kept in memory for the process; None when its file is of an older layout or damaged.

    Then people decide, and the next night's model has only the pack's words to beat.
    """
    from mulian.modules.cases.domain.classifying import keeping  # noqa: PLC0415 -- numpy only where a model is used

    body = Sorter.objects.filter(id=id).values_list("body", flat=True).get()
    try:
        return keeping.from_bytes(bytes(body or b""))
    except Problem:
        return None
