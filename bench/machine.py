"""A handful of cases that live by the rules of `domain` alone: no database, every verb, parts, joins, pauses, papers
and steps of services, policies that change under them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.kernel.actor import Role
from mulian.kernel.periods import Period
from mulian.kernel.problems import Problem
from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain import handing, merging, parts, refusals, services
from mulian.modules.cases.domain import promises as clocks
from mulian.modules.cases.domain.parts import Part, Whistle
from mulian.modules.cases.domain.place import Basis, Place
from mulian.modules.cases.domain.promises import KEPT_BY, Amount, Moment, Policy, Promise, PromiseKind, Rule
from mulian.modules.cases.domain.receivers import (
    Reason,
    Receiver,
    Receivers,
    Standing,
    hand_over,
    join,
    reroute,
    responsible,
)
from mulian.modules.cases.domain.replanning import ADDED, Life, Planner, Subject
from mulian.modules.cases.domain.routing import route
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.domain.staffing import Officer, Staffing, Unit
from mulian.modules.cases.domain.states import UNSOLVED, State, Verb, step
from mulian.modules.cases.domain.surroundings import Surroundings
from mulian.modules.cases.domain.topics import Topic, Topics

COUNTY, TOWNSHIP = "990001", "990001100"
VILLAGES = tuple(f"{TOWNSHIP}20{n}" for n in (1, 2, 3))
DEPARTMENTS = tuple(f"dept.{name}" for name in ("transport", "water", "vet"))
START = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = Topics({"road": Topic(code="road", departments=DEPARTMENTS[:2]), "herd": Topic(code="herd")})
UNITS = (
    *(Unit(f"village:{code}", "village", code) for code in VILLAGES),
    Unit(f"township:{TOWNSHIP}", "township", TOWNSHIP),
    Unit("county_centre", "county_centre", COUNTY),
    *(Unit(code, "department", COUNTY) for code in DEPARTMENTS),
)
ROLES = {
    "village": Role.VILLAGE_LEAD,
    "township": Role.TOWNSHIP_OFFICER,
    "county_centre": Role.COUNTY_DUTY,
    "department": Role.DEPARTMENT_OFFICER,
}


def _person(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


STAFF = (
    *(Officer(person=_person(u.code), role=ROLES[u.kind], area=u.area, unit=u.code) for u in UNITS),
    Officer(person=_person("leader"), role=Role.LEADER, area=COUNTY, on_duty=True),
)
STAFFINGS = tuple(
    Staffing.of(UNITS, [o for o in STAFF if o.unit != vacant])
    for vacant in (
        None,
        None,
        None,
        f"village:{VILLAGES[0]}",
        f"township:{TOWNSHIP}",
        "county_centre",
        "dept.water",
    )
)
_AMOUNTS = {
    PromiseKind.TAKE: (Moment.RECEIVED, Amount(minutes=60)),
    PromiseKind.SOLVE: (Moment.RECEIVED, Amount(days=7)),
    PromiseKind.ANSWER: (Moment.SOLVED, Amount(days=1)),
    PromiseKind.FEEDBACK: (Moment.ANSWERED, Amount(days=7)),
    PromiseKind.DECIDE: (Moment.DISPUTED, Amount(days=1)),
}
POLICY = Policy(
    rules=tuple(
        Rule(code=kind, kind=kind, amount=amount, valid_from=date.min)
        for kind, (_, amount) in _AMOUNTS.items()
    ),
    calendars={"round": ROUND},
)
CONTACT = Rule(code="contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60), valid_from=date.min)
POLICIES = (
    POLICY,
    replace(POLICY, rules=(*POLICY.rules, CONTACT)),
    replace(POLICY, rules=tuple(rule for rule in POLICY.rules if rule.kind is not PromiseKind.SOLVE)),
    replace(POLICY, rules=tuple(replace(rule, amount=Amount(days=3)) for rule in POLICY.rules)),
)
"""What the county promises: its own, one kind more, one kind less, other amounts."""


@dataclass
class Kept:
    """What joining took from a case, and the clocks of the main one it replaced (None: it had none)."""

    state: State
    clocks: dict[PromiseKind, Promise]
    changed: dict[PromiseKind, Promise | None] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)


@dataclass
class Walked:
    """One case. `first` keeps when each clock first ran, `kept` what undoes a join, `taken` the clocks a policy took.

    A service has papers and steps; `sent`: its papers are carried.
    """

    id: UUID
    area: str
    at: datetime
    receivers: Receivers
    topic: str
    state: State = State.REPORTED
    clocks: dict[PromiseKind, Promise] = field(default_factory=dict)
    first: dict[PromiseKind, datetime] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    whistlers: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    sender: str | None = None
    returns: int = 0
    bound: bool = False
    disputed: bool = False
    handed: bool = False
    joined_to: UUID | None = None
    joined: list[UUID] = field(default_factory=list)
    kept: Kept | None = None
    taken: dict[PromiseKind, Promise] = field(default_factory=dict)
    pauses: list[Period] = field(default_factory=list)
    waits_since: datetime | None = None
    service: bool = False
    sent: bool = False
    papers: list[PaperState] = field(default_factory=list)
    steps_done: list[bool] = field(default_factory=list)

    @property
    def owed(self) -> set[str]:
        return {unit for unit, part in self.parts.items() if part.state in parts.OWED}

    def signature(self) -> tuple[object, ...]:
        """Everything joining and parting must leave as it was."""
        held = tuple(sorted((each.key, each.standing, each.reason) for each in self.receivers))
        return (self.state, dict(self.clocks), held, self.joined_to, list(self.joined))


ACTS = (
    "whistle", "report-in", "answer-part", "join", "part", "reroute", "report", "paper", "service-step", "policy",
)  # fmt: skip
"""What happens to a case beside its verbs."""


class Machine:
    """Cases that random people act on; every act is judged by the rules, a refusal changes nothing."""

    def __init__(self, random: Random, cases: int = 6) -> None:
        self.random, self.now, self.policy = random, START, POLICY
        self.cases: dict[UUID, Walked] = {}
        self.done: dict[str, int] = {}
        for _ in range(cases):
            self._report()

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

    def around(self, case: Walked) -> Surroundings:
        staffing = self.random.choice(STAFFINGS)
        return Surroundings(county=COUNTY, topics=TOPICS, staffing=staffing, topic=case.topic)

    def _report(self) -> list[Walked]:
        area = self.random.choice(VILLAGES)
        id = _person(f"case {self.random.random()}")
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

    def _go_on(self, case: Walked) -> None:
        self._each(case, lambda held: clocks.resume(held, at=self.now, policy=POLICY, area=case.area))
        if case.waits_since:
            case.pauses.append(Period(case.waits_since, self.now))
        case.waits_since = None

    def _whole(self, case: Walked) -> None:
        """A service with open steps, or papers on their way, ends only with a reason."""
        whole = services.whole(steps_done=case.steps_done, papers=case.papers)
        if case.service and not whole and self.random.random() < 0.7:
            raise Problem(services.SERVICE_OPEN)

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
