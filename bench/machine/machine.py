"""A handful of cases that live by the rules of `domain` alone: no database, every verb, parts, joins, pauses, papers
and steps of services, policies that change under them.
"""

from __future__ import annotations

from datetime import timedelta

from bench.machine.calling import Calling
from bench.machine.joining import Joining
from bench.machine.papers import Serving
from bench.machine.policies import Promising
from bench.machine.verbs import Verbs
from bench.machine.walked import Walked
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.states import Verb

ACTS = (
    "whistle", "report-in", "answer-part", "join", "part", "reroute", "report", "paper", "service-step", "policy",
)  # fmt: skip
"""What happens to a case beside its verbs."""


class Machine(Verbs, Calling, Joining, Promising, Serving):
    """Cases that random people act on; every act is judged by the rules, a refusal changes nothing."""

    def step(self) -> list[Walked]:
        """One act of somebody; answers the cases it touched (none when it was refused)."""
        self.now += timedelta(minutes=self.random.choice((1, 30, 300, 2000)))
        acts = (*Verb, *ACTS)
        act = self.random.choice(acts)
        case = self.random.choice(list(self.cases.values()))
        try:
            touched = self._verb(act, case) if isinstance(act, Verb) else self._special(act, case)
        except Problem:
            return []
        self.done[str(act)] = self.done.get(str(act), 0) + 1
        return touched

    def _special(self, act: str, case: Walked) -> list[Walked]:
        if act == "report":
            return self._report()
        if act == "join":
            return self._join(case, self.random.choice(list(self.cases.values())))
        if act == "part":
            return self._part(case)
        if case.joined_to:
            return []
        return {
            "whistle": self._whistle,
            "report-in": self._report_in,
            "answer-part": self._answer,
            "reroute": self._reroute,
            "paper": self._paper,
            "service-step": self._service_step,
            "policy": self._another_policy,
        }[act](case)
