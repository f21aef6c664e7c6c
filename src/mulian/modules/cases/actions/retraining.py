"""Learns anew from what people confirmed and corrected; the new model sorts only when it is better.

Learning takes minutes and a few hundred megabytes, so the nightly sweep starts a process of its own for it
(`mulian classify nightly`): the worker stays small, and a night that is cut off is simply tried again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mulian.core.events.log import append
from mulian.core.packs import current
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN, local_day
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.cases.domain.classifying.contest import Verdict, decide, worth_learning
from mulian.modules.cases.domain.classifying.destinations import Destinations, by_receivers
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, measure
from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.events import SorterJudged
from mulian.modules.cases.models import Sorter
from mulian.modules.cases.queries import classifying, confirmed
from mulian.modules.cases.queries.rules import rules

NIGHT = range(2, 5)
"""Local hours in which learning may begin."""
GIVEN_UP = timedelta(hours=6)
"""A learning that has said nothing for so long was cut off."""
register(
    "classify.nothing_confirmed",
    409,
    "No confirmed case has words to learn from.",
    "Confirm the topics of some reports first; the pack's words sort until then.",
)
KEPT = 5
"""Bodies kept, the newest: so far back can the administrator go."""
if TYPE_CHECKING:
    from mulian.modules.cases.domain.classifying.model import Model

_running: list[subprocess.Popen[bytes]] = []


def sweep_learning(now: datetime) -> int:
    """At night, once, and only when enough was confirmed since: starts learning beside the worker."""
    _running[:] = [each for each in _running if each.poll() is None]
    if _running or not due(now):
        return 0
    command = [sys.executable, "-m", "mulian", "classify", "nightly"]
    _running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
    return 1


def due(now: datetime) -> bool:
    """Whether a learning should begin now."""
    if now.astimezone(CN).hour not in NIGHT:
        return False
    last = Sorter.objects.order_by("-begun_at").first()
    if last and last.begun_at > now - (timedelta(hours=20) if last.judged_at else GIVEN_UP):
        return False
    judged = Sorter.objects.filter(judged_at__isnull=False).order_by("-begun_at").first()
    before = judged.learnt_from + judged.held_out if judged else 0
    return worth_learning(confirmed.number(), before)


def learn(*, now: datetime, seed: int = 1) -> Sorter:
    """Learns, measures beside what sorts now, and takes the better one. Long: never inside a request.

    Raises `classify.nothing_confirmed`; then nothing is kept of the night.
    """
    from mulian.modules.cases.domain.classifying import keeping, learning  # noqa: PLC0415 -- scikit-learn, only here

    rows, held = confirmed.parted()
    if not rows:
        raise Problem("classify.nothing_confirmed")
    row = Sorter.objects.create(id=uuid7(now), name=_name(now), state=Sorter.State.LEARNING, begun_at=now)
    model = learning.learn(
        rows, hints=confirmed.words(), places=_places(), seed=seed, name=row.name, private=True
    )
    row.learnt_from, row.held_out = len(rows), len(held)
    return judge(row, model, keeping.to_bytes(model), held, now)


def judge(row: Sorter, model: Model, body: bytes, held: Sequence[Row], now: datetime) -> Sorter:
    """Measures a new model and what sorts now on the same held-out cases, and decides."""
    standing = Sorter.objects.filter(state=Sorter.State.IN_USE).first()
    before = classifying.loaded(standing.id) if standing else None
    new, old = _figures(held, model), _figures(held, before)
    verdict = decide(new, old, first=before is None)
    return _record(row, body, verdict, new, old, standing, now)


@transaction.atomic
def _record(
    row: Sorter,
    body: bytes,
    verdict: Verdict,
    new: Figures,
    old: Figures,
    standing: Sorter | None,
    now: datetime,
) -> Sorter:
    row.figures, row.stood = _told(new), _told(old)
    row.stood_name = standing.name if standing else ""
    row.reason, row.judged_at, row.body = verdict.reason, now, body
    if verdict.adopt:
        Sorter.objects.filter(state=Sorter.State.IN_USE).update(state=Sorter.State.RETIRED)
        row.state, row.since = Sorter.State.IN_USE, now
    else:
        row.state, row.body = Sorter.State.REFUSED, None
    row.save()
    _forget_old()
    event = SorterJudged(
        subject_id=row.id,
        sorter=row.name,
        adopted=verdict.adopt,
        reason=row.reason,
        figures=row.figures,
        stood=row.stood,
    )
    append(event, actor=SYSTEM, at=now, areas=[rules().county])
    return row


def _figures(held: Sequence[Row], model: Model | None) -> Figures:
    """How the whole line answers: the model, or where none sorts yet the pack's words."""
    places = _places()
    return measure([_answer(row, model, places) for row in held] or [Answer("", (), 0.0, sure=False)])


def _answer(row: Row, model: Model | None, places: Destinations) -> Answer:
    if model is None:
        return _by_words(row, places)
    judged = model.judge(row.text, row.also)
    return Answer(row.label, judged.topics, judged.certainty, judged.sure, judged.branch, places)


def _by_words(row: Row, places: Destinations) -> Answer:
    hint = rules().lexicon.suggest(row.text)
    if hint is None:
        return Answer(row.label, (), 0.0, sure=False)
    offered = tuple(filter(None, (hint.topic, hint.runner_up)))
    return Answer(row.label, offered, hint.confidence, hint.sure, places=places)


def _places() -> Destinations:
    return by_receivers(rules().topics)


def _told(figures: Figures) -> dict[str, Any]:
    told = asdict(figures)
    del told["mixed"]
    return told


def _name(now: datetime) -> str:
    """The pack and the day; a second one on the same day is numbered."""
    name = f"{current().slug}-{local_day(now)}"
    number = Sorter.objects.filter(name__startswith=name).count()
    return f"{name}-{number + 1}" if number else name


def _forget_old() -> None:
    bodies = Sorter.objects.filter(body__isnull=False).order_by("-begun_at")
    kept = list(bodies.values_list("id", flat=True)[:KEPT])
    bodies.exclude(id__in=kept).exclude(state=Sorter.State.IN_USE).update(body=None)
