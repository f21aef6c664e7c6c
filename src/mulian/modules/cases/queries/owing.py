"""Open cases that a changed policy wants a promise of which they do not have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.kernel.periods import Period
from mulian.modules.cases.domain.attempts import CONTACTS
from mulian.modules.cases.domain.promises import Moment, Policy, PromiseKind, Rule
from mulian.modules.cases.domain.promises import Promise as Held
from mulian.modules.cases.domain.replanning import ADDED, Life, Planner, Subject
from mulian.modules.cases.domain.states import OPEN, UNSOLVED, State
from mulian.modules.cases.models import Attempt, Case, Pause, Promise
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.topics import usable_topic

BEGINS: Mapping[Moment, Q] = {
    Moment.RECEIVED: Q(state__in=sorted(UNSOLVED)),
    Moment.DELAYED: Q(state=State.WAITING),
    Moment.SOLVED: Q(state=State.SOLVED),
    Moment.ANSWERED: Q(state=State.ANSWERED),
    Moment.DISPUTED: Q(disputed_at__isnull=False),
    Moment.SUPERVISED: Q(pk__in=[]),
}
"""Where a case stands when a promise begins; the rule itself is `Life.begins`."""
FEW = 5000
"""Cases up to which what lies near them is asked for by their ids."""


class Stands(NamedTuple):
    """What of a case decides which promises it has: read without the rest of it, for there are 50,000."""

    id: UUID
    area_id: str
    topic: str
    topic_by: str
    topic_confidence: float | None
    kind: str
    urgent: bool
    state: str
    disputed_at: datetime | None
    answered_at: datetime | None
    next_due: datetime | None

    @property
    def subject(self) -> Subject:
        topic = usable_topic(self.topic, self.topic_by, self.topic_confidence)
        return Subject(area=self.area_id, topic=topic, kind=self.kind, urgent=self.urgent)


def standing(rows: QuerySet[Case]) -> Iterator[Stands]:
    """Where each of these cases stands."""
    return map(Stands._make, rows.values_list(*Stands._fields))


def owing(policy: Policy, planner: Planner, *, since: datetime) -> Iterator[tuple[UUID, Held]]:
    """Each case with a promise it does not have and would get at `since`; nothing is written."""
    for kind in ADDED:
        rules = [rule for rule in policy.rules if rule.kind is kind]
        cases = list(standing(_lacking(kind, rules))) if rules else []
        near = Near(None if len(cases) > FEW else [case.id for case in cases]) if cases else None
        for case in cases:
            assert near is not None
            before, pauses = near.taken_away.get((case.id, kind)), near.pauses.get(case.id, ())
            after = planner.owed(
                kind, case.subject, near.life(case), since=since, before=before, pauses=pauses
            )
            if after is not None:
                yield case.id, after


class Near:
    """What of cases decides whether something is owed, read together. `cases` None: of all that are open."""

    def __init__(self, cases: Collection[UUID] | None) -> None:
        only: dict[str, Any] = {"case__state__in": sorted(OPEN)} if cases is None else {"case__in": cases}
        tried = Attempt.objects.filter(reached=True, how__in=list(CONTACTS), **only)
        self._reached = set(tried.values_list("case", flat=True))
        self._waits: dict[UUID, datetime] = {}
        found: defaultdict[UUID, list[Period]] = defaultdict(list)
        pauses = Pause.objects.filter(stopped=True, **only).order_by("starts")
        for case, starts, ends in pauses.values_list("case", "starts", "ends"):
            if ends is None:
                self._waits[case] = starts
            else:
                found[case].append(Period(starts, ends))
        self.pauses: Mapping[UUID, list[Period]] = found
        self._only = only

    @cached_property
    def taken_away(self) -> Mapping[tuple[UUID, PromiseKind], Held]:
        """Promises an earlier policy took away, by case and kind."""
        rows = Promise.objects.filter(state=Promise.State.CANCELLED, **self._only)
        return {(row.case_id, PromiseKind(row.kind)): holding.promise_of(row) for row in rows if row.case_id}

    def life(self, case: Stands) -> Life:
        """How far the case has come."""
        reached = bool(case.answered_at) or case.id in self._reached
        return Life(
            state=State(case.state),
            disputed=bool(case.disputed_at),
            reached=reached,
            waits_since=self._waits.get(case.id),
        )


def _lacking(kind: PromiseKind, rules: Sequence[Rule]) -> QuerySet[Case]:
    """Open cases where one of the rules could begin, without a promise of the kind or with one that was taken away."""
    had = Promise.objects.filter(case=OuterRef("pk"), kind=kind).exclude(state=Promise.State.CANCELLED)
    rows = Case.unscoped.because("a policy holds for every case").filter(state__in=sorted(OPEN))
    if all(rule.urgent for rule in rules):
        rows = rows.filter(urgent=True)
    return rows.filter(reduce(or_, (BEGINS[rule.moment] for rule in rules))).filter(~Exists(had))
