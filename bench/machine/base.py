"""What every act shares: the cases, the time, the policy; how a case begins and its clocks run."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from uuid import UUID

from bench.machine.county import (
    COUNTY,
    POLICY,
    STAFFINGS,
    START,
    TOPICS,
    VILLAGES,
    person,
)
from bench.machine.walked import Walked
from mulian.kernel.periods import Period
from mulian.modules.cases.domain import promises as clocks
from mulian.modules.cases.domain.place import Basis, Place
from mulian.modules.cases.domain.promises import Moment, Promise
from mulian.modules.cases.domain.routing import route
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.domain.states import State
from mulian.modules.cases.domain.surroundings import Surroundings


class Base:
    """Cases, the hand of chance and the time it is."""

    def __init__(self, random: Random, cases: int = 6) -> None:
        self.random, self.now, self.policy = random, START, POLICY
        self.cases: dict[UUID, Walked] = {}
        self.done: dict[str, int] = {}
        for _ in range(cases):
            self._report()

    def around(self, case: Walked) -> Surroundings:
        staffing = self.random.choice(STAFFINGS)
        return Surroundings(county=COUNTY, topics=TOPICS, staffing=staffing, topic=case.topic)

    def _report(self) -> list[Walked]:
        area = self.random.choice(VILLAGES)
        id = person(f"case {self.random.random()}")
        case = Walked(id, area, self.now, (), self.random.choice(("road", "herd")))
        place = Place(area=area, also=(), basis=Basis.CHOSEN)
        case.receivers = route(place, self.around(case)).receivers
        if self.random.random() < 0.3:
            case.service, case.sent = True, self.random.random() < 0.7
            case.papers, case.steps_done = [PaperState.NEEDED] * 2, [False] * 2
        self._begin(case, Moment.RECEIVED)
        over = [each.id for each in self.cases.values() if each.state is State.CLOSED and not each.joined_to]
        for old in over[: max(0, len(self.cases) - 5)]:
            if not self.cases[old].joined:
                del self.cases[old]
        if len(self.cases) < 8:
            self.cases[id] = case
        return [case]

    def _begin(self, case: Walked, moment: Moment) -> None:
        for rule in self.policy.rules:
            if rule.moment is moment and rule.kind not in case.clocks:
                case.clocks[rule.kind] = clocks.promise(rule, at=self.now, policy=self.policy, area=case.area)
                case.first[rule.kind] = self.now
                case.taken.pop(rule.kind, None)

    def _each(self, case: Walked, change: Callable[[Promise], Promise]) -> None:
        case.clocks = {kind: change(held) for kind, held in case.clocks.items()}

    def _decides(self) -> bool:
        return self.random.random() < 0.5

    def _go_on(self, case: Walked) -> None:
        self._each(case, lambda held: clocks.resume(held, at=self.now, policy=POLICY, area=case.area))
        if case.waits_since:
            case.pauses.append(Period(case.waits_since, self.now))
        case.waits_since = None
