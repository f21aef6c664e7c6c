"""Open cases that a changed policy wants a promise of which they do not have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from typing import Any
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
PART = 5000
"""Cases read at once."""
_FIELDS = (
    "id", "area_id", "topic", "topic_by", "topic_confidence", "kind", "urgent", "state", "disputed_at", "answered_at",
)  # fmt: skip


def owing(policy: Policy, planner: Planner, *, since: datetime) -> Iterator[tuple[UUID, Held]]:
    """Each case with a promise it does not have and would get at `since`; nothing is written."""
    for kind in ADDED:
        rules = [rule for rule in policy.rules if rule.kind is kind]
        cases = list(_lacking(kind, rules).values_list(*_FIELDS).iterator(PART)) if rules else []
        ids = None if len(cases) > PART else [case[0] for case in cases]
        near = Near(ids) if cases else None
        for id, area, topic, by, confidence, sort, urgent, state, disputed, answered in cases:
            assert near is not None
            of = Subject(area=area, topic=usable_topic(topic, by, confidence), kind=sort, urgent=urgent)
            life = near.life(id, state, disputed=bool(disputed), answered=bool(answered))
            before = near.taken_away.get((id, kind))
            after = planner.owed(kind, of, life, since=since, before=before, pauses=near.pauses.get(id, ()))
            if after is not None:
                yield id, after


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

    def life(self, case: UUID, state: str, *, disputed: bool, answered: bool) -> Life:
        """How far the case has come."""
        reached = answered or case in self._reached
        return Life(state=State(state), disputed=disputed, reached=reached, waits_since=self._waits.get(case))


def _lacking(kind: PromiseKind, rules: Sequence[Rule]) -> QuerySet[Case]:
    """Open cases where one of the rules could begin, without a promise of the kind or with one that was taken away."""
    had = Promise.objects.filter(case=OuterRef("pk"), kind=kind).exclude(state=Promise.State.CANCELLED)
    rows = Case.unscoped.because("a policy holds for every case").filter(state__in=sorted(OPEN))
    if all(rule.urgent for rule in rules):
        rows = rows.filter(urgent=True)
    return rows.filter(reduce(or_, (BEGINS[rule.moment] for rule in rules))).filter(~Exists(had))
