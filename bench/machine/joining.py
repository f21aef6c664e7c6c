"""Two reports of one thing: joined, and apart again as if nothing had been."""

from __future__ import annotations

from dataclasses import replace

from bench.machine.base import Base
from bench.machine.county import (
    POLICY,
)
from bench.machine.walked import Kept, Walked
from mulian.modules.cases.domain import merging
from mulian.modules.cases.domain import promises as clocks
from mulian.modules.cases.domain.promises import Promise
from mulian.modules.cases.domain.receivers import (
    Reason,
    Standing,
)
from mulian.modules.cases.domain.states import State


class Joining(Base):
    """Joining and parting."""

    def _join(self, case: Walked, main: Walked) -> list[Walked]:
        if case.id == main.id:
            return []
        merging.check_join(self._joinable(case), self._joinable(main))
        before = case.signature(), main.signature()
        case.kept = Kept(case.state, dict(case.clocks))
        for kind, held in case.clocks.items():
            wins = merging.earliest(main.clocks.get(kind), held)
            if wins is not None and kind not in main.taken:
                case.kept.changed[kind] = main.clocks.get(kind)
                main.clocks[kind], main.first[kind] = wins, wins.start
        case.kept.added = {each.key for each in case.receivers} - {each.key for each in main.receivers}
        main.receivers = merging.unite(main.receivers, case.receivers)
        case.clocks, case.state, case.joined_to = {}, State.CLOSED, main.id
        main.joined.append(case.id)
        if self.random.random() < 0.3:
            self._part(case)
            assert (case.signature(), main.signature()) == before, "joining and parting changed something"
        return [case, main]

    def _joinable(self, case: Walked) -> merging.Joinable:
        return merging.Joinable(
            state=case.state,
            kind="problem",
            complaint=False,
            joined_to=case.joined_to,
            joined=len(case.joined),
            owed_parts=bool(case.owed),
        )

    def _part(self, case: Walked) -> list[Walked]:
        """Apart again, the last joined first: as before, but for what the main case did in between."""
        if case.joined_to is None or case.kept is None:
            return []
        main, kept = self.cases[case.joined_to], case.kept
        merging.check_part(case.id, main.joined)
        for kind, old in kept.changed.items():
            now = main.clocks.pop(kind)
            main.first.pop(kind)
            if old is not None:
                main.first[kind] = old.start
                main.clocks[kind] = self._in_step(main, replace(old, met_at=now.met_at))
        case.state, case.clocks, case.joined_to, case.kept = kept.state, kept.clocks, None, None
        main.joined.pop()
        main.receivers = tuple(
            each
            for each in main.receivers
            if each.key not in kept.added
            or each.reason is not Reason.JOINED
            or each.standing is Standing.RESPONSIBLE
        )
        return [case, main]

    def _in_step(self, main: Walked, held: Promise) -> Promise:
        """The main case may have begun or ended waiting since."""
        if main.state is State.WAITING and clocks.may_pause(held, at=self.now):
            return clocks.pause(held, at=self.now)
        if main.state is not State.WAITING:
            return clocks.resume(held, at=self.now, policy=POLICY, area=main.area)
        return held
