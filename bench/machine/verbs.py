"""The steps of a case: who has it next, which clocks stop and run."""

from __future__ import annotations

from bench.machine.base import Base
from bench.machine.county import (
    POLICY,
    UNITS,
)
from bench.machine.walked import Walked
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import handing, parts, services
from mulian.modules.cases.domain import promises as clocks
from mulian.modules.cases.domain.promises import KEPT_BY, Moment
from mulian.modules.cases.domain.receivers import (
    Reason,
    Receiver,
    hand_over,
    responsible,
)
from mulian.modules.cases.domain.states import State, Verb, step


class Verbs(Base):
    """Every verb of the state machine."""

    def _verb(self, verb: Verb, case: Walked) -> list[Walked]:
        if case.joined_to:
            return []
        holder, decides = responsible(case.receivers), self._decides()
        bound = case.disputed or (case.bound and not decides)
        returnable = handing.may_return(holder, returns=case.returns)
        after = step(case.state, verb, returnable=returnable, decides=decides, bound=bound)
        to = self._next(verb, case, holder)
        if verb is Verb.SOLVE:
            self._whole(case)
            self._let_go(case)
        if case.state is State.WAITING:
            self._go_on(case)
        case.state = after
        self._clocks_of(verb, case)
        if to is not None:
            self._hand(case, to)
        self._after(verb, case)
        return [case]

    def _next(self, verb: Verb, case: Walked, holder: Receiver) -> Receiver | None:
        """Who becomes responsible; raises before anything changed where nobody can."""
        near = self.around(case)
        if verb is Verb.RETURN:
            return handing.returned_to(sender=case.sender, returns=case.returns, area=case.area, around=near)
        if verb is Verb.PASS_UP:
            return handing.above(holder.level, case.area, near)
        if verb is Verb.DISPUTE:
            return handing.to_decide(case.area, near)
        if verb in (Verb.TRANSFER, Verb.ASSIGN):
            reason = Reason.ASSIGNED if verb is Verb.ASSIGN else Reason.TRANSFERRED
            return handing.receiver_in(self.random.choice(UNITS).code, near, reason=reason)
        return None

    def _clocks_of(self, verb: Verb, case: Walked) -> None:
        kept = KEPT_BY.get(verb, frozenset())
        self._each(
            case,
            lambda held: (
                clocks.keep(held, at=self.now, policy=POLICY, area=case.area) if held.kind in kept else held
            ),
        )
        if verb is Verb.WAIT:
            self._each(
                case,
                lambda held: clocks.pause(held, at=self.now) if clocks.may_pause(held, at=self.now) else held,
            )
            case.waits_since = self.now if any(held.paused_at for held in case.clocks.values()) else None
        elif verb is Verb.REOPEN:
            self._each(case, clocks.run_again)
        elif verb is Verb.SOLVE:
            self._begin(case, Moment.SOLVED)
        elif verb is Verb.ANSWER:
            self._begin(case, Moment.ANSWERED)

    def _after(self, verb: Verb, case: Walked) -> None:
        if verb is Verb.RETURN:
            case.returns += 1
        if verb is Verb.DISPUTE or (verb is Verb.RETURN and case.returns == handing.RETURNS):
            case.disputed = True
            self._begin(case, Moment.DISPUTED)
        if verb is Verb.ASSIGN:
            case.bound, case.disputed = True, False
        if verb is Verb.SOLVE:
            case.disputed = False

    def _hand(self, case: Walked, to: Receiver) -> None:
        before = responsible(case.receivers)
        case.sender, case.handed = before.unit, True
        case.receivers = hand_over(case.receivers, to)
        if before.unit in case.whistlers and before.key != to.key:
            case.receivers = parts.stays(case.receivers, before)
        if to.key in case.owed:
            case.parts[to.key] = parts.let_go(case.parts[to.key], reason="leads now")

    def _let_go(self, case: Walked) -> None:
        reason = "they did not come" if self.random.random() < 0.5 else ""
        parts.check_over([part.state for part in case.parts.values()], reason)
        for unit in case.owed:
            case.parts[unit] = parts.let_go(case.parts[unit], reason=reason)

    def _whole(self, case: Walked) -> None:
        """A service with open steps, or papers on their way, ends only with a reason."""
        whole = services.whole(steps_done=case.steps_done, papers=case.papers)
        if case.service and not whole and self.random.random() < 0.7:
            raise Problem(services.SERVICE_OPEN)
