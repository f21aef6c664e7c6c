"""The county promises something else while cases run."""

from __future__ import annotations

from bench.machine.base import Base
from bench.machine.county import (
    POLICIES,
    TOPICS,
)
from bench.machine.walked import Walked
from mulian.modules.cases.domain.replanning import ADDED, Life, Planner, Subject
from mulian.modules.cases.domain.states import State


class Promising(Base):
    """Policies that change under the cases."""

    def _another_policy(self, case: Walked) -> list[Walked]:
        """The county promises something else, and every case that stands alone is counted again."""
        self.policy = self.random.choice(POLICIES)
        alone = [each for each in self.cases.values() if not each.joined and not each.joined_to]
        for each in alone:
            if each.state is not State.CLOSED:
                self._count_again(each, Planner(self.policy, TOPICS))
        return alone

    def _count_again(self, case: Walked, planner: Planner) -> None:
        of = Subject(area=case.area, topic=case.topic, kind="problem", urgent=False)
        for kind, held in list(case.clocks.items()):
            after = held if held.met_at else planner.plan(held, of, case.pauses)
            if after is None:
                case.taken[kind] = case.clocks.pop(kind)
            else:
                case.clocks[kind] = after
        life = Life(state=case.state, disputed=case.disputed, waits_since=case.waits_since)
        for kind in (each for each in ADDED if each not in case.clocks):
            before = case.taken.get(kind)
            after = planner.owed(kind, of, life, since=self.now, before=before, pauses=case.pauses)
            if after is not None:
                case.clocks[kind] = after
                case.first[kind] = case.taken.pop(kind).start if before else self.now
