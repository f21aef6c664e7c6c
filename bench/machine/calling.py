"""Offices called in, and places set by a person."""

from __future__ import annotations

from bench.machine.base import Base
from bench.machine.county import (
    DEPARTMENTS,
    POLICY,
    VILLAGES,
)
from bench.machine.walked import Walked
from mulian.modules.cases.domain import handing, parts
from mulian.modules.cases.domain.parts import Whistle
from mulian.modules.cases.domain.place import Basis, Place
from mulian.modules.cases.domain.receivers import (
    Reason,
    Standing,
    join,
    reroute,
    responsible,
)
from mulian.modules.cases.domain.routing import route
from mulian.modules.cases.domain.states import UNSOLVED, State


class Calling(Base):
    """Whistles, what the called ones do, and another place or topic."""

    def _whistle(self, case: Walked) -> list[Walked]:
        holder = responsible(case.receivers)
        parts.check_whistle(case.state, holder.level)
        code = self.random.choice(DEPARTMENTS)
        if code == holder.key or code in case.owed:
            return []
        near = self.around(case)
        called = handing.receiver_in(code, near, standing=Standing.HELPER, reason=Reason.WHISTLED)
        case.receivers = join(case.receivers, called)
        case.parts[code] = parts.call(Whistle(), at=self.now, policy=POLICY, area=case.area, urgent=False)
        case.handed = True
        case.called.add(code)
        if holder.unit:
            case.whistlers.add(holder.unit)
        return [case]

    def _report_in(self, case: Walked) -> list[Walked]:
        for unit in sorted(case.owed):
            case.parts[unit] = parts.report_in(case.parts[unit], at=self.now, policy=POLICY)
            return [case]
        return []

    def _answer(self, case: Walked) -> list[Walked]:
        for unit in sorted(case.owed):
            case.parts[unit] = parts.answer(case.parts[unit], at=self.now, policy=POLICY)
            return [case]
        return []

    def _reroute(self, case: Walked) -> list[Walked]:
        """A person sets another place or topic; whoever was made responsible by somebody stays so."""
        if case.state is State.CLOSED:
            return []
        case.topic = self.random.choice(("road", "herd"))
        area = self.random.choice(VILLAGES)
        fresh = route(Place(area=area, also=(), basis=Basis.CHOSEN), self.around(case)).receivers
        keep = case.handed or case.state not in UNSOLVED
        before = responsible(case.receivers).key
        case.receivers, case.area = reroute(case.receivers, fresh, keep_owner=keep), area
        if responsible(case.receivers).key != before and case.state is not State.REPORTED:
            self._go_on(case)
            case.state = State.REPORTED
        return [case]
