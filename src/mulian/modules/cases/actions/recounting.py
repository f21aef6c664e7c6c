"""One part of a replanning: some cases in one transaction, their promises counted again, taken away or added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mulian.core.database.batch import together
from mulian.core.database.rows import insert, update_many, update_values
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.domain import ladder
from mulian.modules.cases.domain.promises import Promise as Held
from mulian.modules.cases.domain.replanning import ADDED, Figures, Planner
from mulian.modules.cases.events import PromisesReplanned
from mulian.modules.cases.models import Case, Promise, Replanning
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.owing import Near, Stands, standing
from mulian.modules.cases.queries.replanning import LIVING
from mulian.modules.cases.queries.rules import rules

CHANGED = (
    "policy", "version", "clock", "allotted", "due", "remind_at", "next_at", "paused", "paused_at", "state",
    "moved_at", "moved_from",
)  # fmt: skip


def part(planning: Replanning, cases: list[UUID], now: datetime) -> int:
    """Counts the promises of these cases again, those of them nobody acts on; returns how many were touched."""
    with transaction.atomic(), together():
        held = skip_locked(Case.unscoped.because("a policy holds for every case").filter(id__in=cases))
        found = {case.id: case for case in standing(held)}
        rows = list(Promise.objects.select_for_update().filter(case__in=list(found)))
        work = _Work(planning, found, rows, now)
        work.count_again()
        work.add()
        work.write()
    return work.touched


class _Work:
    """One part: the cases, their promises, and what becomes of them; changed in memory, then written together."""

    def __init__(
        self, planning: Replanning, cases: dict[UUID, Stands], rows: list[Promise], now: datetime
    ) -> None:
        self.planning, self.cases, self.now = planning, cases, now
        self.rows = {(row.case_id, row.kind, row.round): row for row in rows}
        self.changed: list[Promise] = []
        self.new: list[Promise] = []
        self.figures, self.moved = Figures(), list[list[str]]()
        at_hand = rules()
        self.planner = Planner(at_hand.policy, at_hand.topics)
        self.near = Near(list(cases))

    @property
    def touched(self) -> int:
        return len(self.changed) + len(self.new)

    def count_again(self) -> None:
        """What runs by another version, under the rule that holds now; what is owed no more is taken away."""
        version = rules().policy.version
        for row in self.rows.values():
            if row.state not in LIVING or row.version == version or row.case_id is None:
                continue
            case, before = self.cases[row.case_id], holding.promise_of(row)
            after = self.planner.plan(before, case.subject, self.near.pauses.get(case.id, ()))
            self.figures.count(before, after, self.now)
            if after is None:
                row.state, row.next_at, row.version = Promise.State.CANCELLED, None, version
                self.changed.append(row)
                self._tell(case, row, before, None)
            else:
                self._put(row, case, after, before)

    def add(self) -> None:
        """What is newly owed, or owed again."""
        for case in self.cases.values():
            known = {kind: self.rows.get((case.id, kind, 1)) for kind in ADDED}
            wanted = [k for k, row in known.items() if row is None or row.state == Promise.State.CANCELLED]
            of, life, pauses = case.subject, self.near.life(case), self.near.pauses.get(case.id, ())
            for kind in wanted:
                row = known[kind]
                before, since = holding.promise_of(row) if row else None, self.planning.asked_at
                after = self.planner.owed(kind, of, life, since=since, before=before, pauses=pauses)
                if after is not None:
                    self.figures.add(after, self.now)
                    self._put(row or Promise(case_id=case.id, kind=kind), case, after, None)

    def _put(self, row: Promise, case: Stands, after: Held, before: Held | None) -> None:
        holding.put(row, after)
        laddered = rules().ladders.rules_for(case.area_id)
        row.next_at = ladder.look_at(after, now=self.now, rules=laddered, urgent=case.urgent)
        (self.changed if row.pk else self.new).append(row)
        self._tell(case, row, before, after)

    def _tell(self, case: Stands, row: Promise, before: Held | None, after: Held | None) -> None:
        """Into the part's event, and onto the promise for whoever reads the case."""
        if before is None or after is None or before.due != after.due:
            row.moved_at, row.moved_from = self.now, before.due if before else None
            moved = [each.due.isoformat() if each else "" for each in (before, after)]
            self.moved.append([str(case.id), row.kind, *moved])

    def write(self) -> None:
        update_many(self.changed, CHANGED)
        insert(self.new)
        update_values(Case, ["next_due"], list(self._next_due()))
        grown = {name: F(name) + number for name, number in vars(self.figures).items()}
        Replanning.objects.filter(id=self.planning.id).update(**grown)
        event = PromisesReplanned(
            subject_id=self.planning.id,
            policy=rules().policy.version,
            promises=self.touched,
            moved=self.moved,
        )
        append(event, actor=SYSTEM, at=self.now)

    def _next_due(self) -> Iterator[tuple[datetime | None, UUID]]:
        """When each case is due next, where that is another moment now."""
        first: dict[UUID | None, datetime] = {}
        for row in [*self.rows.values(), *self.new]:
            if row.state == Promise.State.RUNNING:
                first[row.case_id] = min(row.due, first.get(row.case_id, row.due))
        for case in self.cases.values():
            if first.get(case.id) != case.next_due:
                yield first.get(case.id), case.id
