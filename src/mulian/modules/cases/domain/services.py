"""Services (代办): papers and settlements done for a family. What the pack says of each, and how they move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mulian.kernel.problems import Problem, register

Names = Mapping[str, str]
"""zh, bo, en → words."""
UNKNOWN_SERVICE = register(
    "cases.unknown_service",
    404,
    "The county offers no such service.",
    "Choose one from the list of services.",
)
SERVICE_HOUSEHOLD = register(
    "cases.service_household", 422, "A service is opened for one family.", "Choose the family it is for."
)
NOTHING_SENT = register(
    "cases.nothing_sent",
    409,
    "For this service nothing is sent: the family goes to the counter itself.",
    "Mark only whether the papers are ready; the family takes them along.",
)
PAPER_ORDER = register(
    "cases.paper_order",
    409,
    "This paper is not where that could happen.",
    "Load the page again and look where it is.",
)
NOT_THE_STEPS = register(
    "cases.not_your_step",
    403,
    "This step is taken by whoever settles the service.",
    "Wait until they have taken it.",
)
SERVICE_OPEN = register(
    "cases.service_open",
    422,
    "Steps of the service are open, or papers are not back with the family.",
    "Mark what was done, or say why it ends without.",
)


class Owner(StrEnum):
    """Who settles it: where the family is registered, where it lives, or a counter of the state (nothing is sent)."""

    REGISTERED = "registered"
    RESIDING = "residing"
    COUNTER = "counter"


class Carrier(StrEnum):
    """Who carries the papers: the village of one side, or the family itself."""

    REGISTERED = "registered"
    RESIDING = "residing"
    FAMILY = "family"


class Who(StrEnum):
    """Who takes a step."""

    FAMILY = "family"
    CARRIER = "carrier"
    OWNER = "owner"


class PaperState(StrEnum):
    """Where a paper is. No picture of it is kept here, and no number."""

    NEEDED = "needed"
    READY = "ready"
    CARRIED = "carried"
    HANDED_OVER = "handed_over"
    BACK = "back"


MOVES: Mapping[PaperState, frozenset[PaperState]] = {
    PaperState.NEEDED: frozenset({PaperState.READY, PaperState.CARRIED}),
    PaperState.READY: frozenset({PaperState.NEEDED, PaperState.CARRIED, PaperState.HANDED_OVER}),
    PaperState.CARRIED: frozenset({PaperState.HANDED_OVER, PaperState.BACK}),
    PaperState.HANDED_OVER: frozenset({PaperState.NEEDED, PaperState.CARRIED, PaperState.BACK}),
    PaperState.BACK: frozenset({PaperState.CARRIED}),
}
"""From where to where: the family has it ready, somebody carries it, the office has it (or finds that it is not the
right one: it is needed again), it is back."""
WITH_THE_FAMILY = frozenset({PaperState.NEEDED, PaperState.READY, PaperState.BACK})
AT_A_COUNTER = frozenset({PaperState.NEEDED, PaperState.READY})


@dataclass(frozen=True)
class Step:
    """One step of a service in the pack's words."""

    name: Names
    who: Who = Who.OWNER


@dataclass(frozen=True, kw_only=True)
class Service:
    """One row of the catalogue. `township`: its township settles it, else the village; `at`: where the counter is."""

    code: str
    name: Names
    owner: Owner
    carrier: Carrier
    sent: bool
    papers: tuple[Names, ...] = ()
    steps: tuple[Step, ...] = ()
    township: bool = False
    topic: str = ""
    calendar: str = "work"
    at: Names | None = None


Services = Mapping[str, Service]


def service_named(services: Services, code: str) -> Service:
    """Raises `cases.unknown_service`."""
    if code not in services:
        raise Problem(UNKNOWN_SERVICE)
    return services[code]


def move(now: PaperState, to: PaperState, *, sent: bool) -> bool:
    """Whether it moves at all: what is there already is no news. Raises `cases.nothing_sent`, `cases.paper_order`."""
    if not sent and to not in AT_A_COUNTER:
        raise Problem(NOTHING_SENT)
    if now is to:
        return False
    if to not in MOVES[now]:
        raise Problem(PAPER_ORDER)
    return True


def moves(now: PaperState, *, sent: bool) -> tuple[PaperState, ...]:
    """Where a paper can go from here, in the order of its way; to be missing after all stands last."""
    order = (*tuple(PaperState)[1:], PaperState.NEEDED)
    return tuple(to for to in order if to in MOVES[now] and (sent or to in AT_A_COUNTER))


def whole(*, steps_done: Iterable[bool], papers: Sequence[PaperState]) -> bool:
    """Whether nothing is left: every step taken, every paper with the family."""
    return all(steps_done) and all(paper in WITH_THE_FAMILY for paper in papers)
