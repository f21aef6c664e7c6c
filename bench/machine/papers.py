"""Papers and steps of services."""

from __future__ import annotations

from bench.machine.base import Base
from bench.machine.walked import Walked
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals, services
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.domain.states import State


class Serving(Base):
    """What moves in a case that is a service."""

    def _paper(self, case: Walked) -> list[Walked]:
        self._goes_on(case)
        number = self.random.randrange(len(case.papers))
        to = self.random.choice(list(PaperState))
        if not services.move(case.papers[number], to, sent=case.sent):
            return []
        case.papers[number] = to
        return [case]

    def _service_step(self, case: Walked) -> list[Walked]:
        self._goes_on(case)
        number = self.random.randrange(len(case.steps_done))
        case.steps_done[number] = not case.steps_done[number]
        return [case]

    def _goes_on(self, case: Walked) -> None:
        if not case.service or case.state is State.CLOSED:
            raise Problem(refusals.ILLEGAL_STEP, state=case.state.value, verb="paper")
