"""The executable fault model (trust.md §4): random bad luck against a real server, judged by its database.

Nothing that was saved on a phone is lost, nothing counts twice, no phone calls received what is not, and what was
refused is kept byte for byte. `python -m bench.faults --reports 10000` is the same, long.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bench.county import Liaison, prepared
from bench.disk import Disk, small_disk
from bench.link import Fault
from bench.phone import Phone
from bench.trial import YEAR, Trial

pytestmark = pytest.mark.slow
EXAMPLES, STEPS = 2, 14
"""Half a minute on a quiet machine; each example ends with a kill, everything sent again, and the referee."""

EACH = [
    Fault(cut_up=300),
    Fault(cut_up=900),
    Fault(cut_down=0),
    Fault(cut_down=120),
    Fault(copies=5),
    Fault(copies=5, cut_down=0),
    Fault(portal=True),
]
which = st.integers(0, 2)
faults = st.one_of(
    st.builds(Fault, cut_up=st.integers(1, 4000)),
    st.builds(Fault, cut_down=st.integers(0, 700)),
    st.builds(Fault, copies=st.integers(1, 5)),
    st.builds(Fault, copies=st.just(5), cut_down=st.just(0)),
    st.just(Fault(portal=True)),
)
skews = st.sampled_from([timedelta(), YEAR, -YEAR, timedelta(hours=-9)])


class Model(RuleBasedStateMachine):
    """Three phones of one liaison; the rules are what trust.md's fault list says can happen."""

    def __init__(self, trial: Trial, liaison: Liaison, disk: Disk) -> None:
        super().__init__()
        self.trial, self.liaison, self.disk = trial, liaison, disk
        self.kept = self.later = False

    @initialize()
    def three_phones(self) -> None:
        turn, self.trial.snapshot = len(self.trial.fleet) + len(self.trial.gone), None
        make = self.liaison.phone
        self.phones = [self.trial.enlist(make(turn + n, self.trial.proxy.port)) for n in range(3)]
        self.reports: list[list[str]] = [[], [], []]

    @rule(phone=which, skew=skews, urgent=st.booleans(), count=st.integers(1, 4))
    def report(self, phone: int, skew: timedelta, urgent: bool, count: int) -> None:
        for _ in range(count):
            self.reports[phone].append(self.trial.report(self.phones[phone], skew=skew, urgent=urgent))

    @rule(phone=which)
    def speak(self, phone: int) -> None:
        self.trial.speak(self.phones[phone])

    @rule(phone=which)
    def add(self, phone: int) -> None:
        if self.reports[phone]:
            self.trial.add(self.phones[phone], self.reports[phone][-1])

    @rule(phone=which)
    def spoil(self, phone: int) -> None:
        self.trial.spoil(self.phones[phone])

    @rule(phone=which, found=st.lists(faults, max_size=2))
    def sync(self, phone: int, found: list[Fault]) -> None:
        self.trial.sync(self.phones[phone], *found)

    @rule(phone=which)
    def send_everything_again(self, phone: int) -> None:
        self.trial.replay(self.phones[phone])

    @rule(keep=st.booleans())
    def kill(self, keep: bool) -> None:
        self.disk.empty()
        self.trial.kill(*self._alive(), keep=keep)
        self.kept = self.kept or keep

    @rule()
    def kill_the_worker(self) -> None:
        self.trial.kill_worker()

    @precondition(lambda self: self.kept)
    @rule()
    def restore(self) -> None:
        self.disk.empty()
        self.trial.restore()

    @precondition(lambda self: not self.later)
    @rule()
    def three_months_later(self) -> None:
        self.later = True
        self.disk.empty()
        self.trial.pass_days(90)

    @precondition(lambda self: self.disk.small)
    @rule(phone=which)
    def fill_the_disk(self, phone: int) -> None:
        self.disk.fill()
        self.trial.report(self.phones[phone])
        self.trial.sync(self.phones[phone])
        self.disk.empty()

    @precondition(lambda self: len(self._alive()) == 3)
    @rule(phone=which)
    def revoke(self, phone: int) -> None:
        lost = self.phones[phone]
        if lost in self.trial.fleet:
            self.kept = False
            self.trial.report(lost)
            self.trial.revoke(lost)

    def teardown(self) -> None:
        """However it went: the server dies once more, all is sent again, and the referee looks."""
        if not hasattr(self, "phones"):
            return
        self.disk.empty()
        alive = self._alive()
        self.trial.report(alive[0])
        self.trial.kill(*alive)
        for phone in self.phones:
            self.trial.replay(phone)
        assert self.trial.verdict().faults == {}
        twin = self.liaison.phone(self.phones.index(alive[0]) + self._first(), self.trial.proxy.port)
        assert self.trial.strayed(alive[0], twin) == {}

    def _alive(self) -> list[Phone]:
        return [phone for phone in self.phones if phone in self.trial.fleet]

    def _first(self) -> int:
        tokens = [token for _, token in self.liaison.phones]
        return tokens.index(self.phones[0].line.token)


Attack = tuple[Trial, Liaison, Disk]


@pytest.fixture(scope="module")
def attacked(seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    """A server of its own, on a small disk where one can be had."""
    place = tmp_path_factory.mktemp("attacked")
    with small_disk(place / "disk", megabytes=120) as disk:
        data = disk.folder / "data"
        data.mkdir()
        county = prepared(data, f"model:3:9:{3 * EXAMPLES + 6}", seeded=seeded)
        county.server.start()
        trial = Trial(county, seed=1, snapshots=place / "backup")
        try:
            with trial.proxy:
                yield trial, county.liaisons["model"], disk
        finally:
            county.server.kill()


def test_every_kind_of_bad_luck_once(attacked: Attack) -> None:
    trial, liaison, disk = attacked
    ann, ben, lost = (trial.enlist(liaison.phone(turn, trial.proxy.port)) for turn in range(3))
    trial.kill(keep=True)
    for fault in EACH:
        first = trial.report(ann, skew=YEAR)
        trial.add(ann, first)
        trial.report(ben, skew=-YEAR, urgent=True)
        trial.sync(ann, fault)
        trial.kill_worker()
        trial.sync(ben, fault, fault)
    trial.spoil(ann)
    trial.speak(ben)
    disk.fill()
    trial.report(ann)
    assert trial.sync(ann) is not (disk.small and trial.database == "SQLite")  # elsewhere it is not this disk
    disk.empty()
    trial.kill(ann, ben)
    trial.replay(ben)
    assert trial.verdict().faults == {}
    trial.restore()
    assert trial.verdict().faults == {}
    trial.report(lost)
    trial.revoke(lost)
    trial.pass_days(90)
    trial.replay(ann)
    found = trial.verdict()
    assert (found.faults, found.sounds, lost.wiped) == ({}, 1, True)
    assert found.reports == len(trial.texts) - 1  # what the revoked phone still had is in quarantine
    assert found.refused >= 2


def test_bad_luck_loses_nothing_doubles_nothing_and_no_phone_believes_a_lie(attacked: Attack) -> None:
    quiet: Any = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,  # the long run draws its own luck; this one tells the same stories every time
        phases=[Phase.generate],  # a smaller story would cost minutes of servers started and killed
        suppress_health_check=list(HealthCheck),
    )
    story: Any = lambda: Model(*attacked)
    run_state_machine_as_test(story, settings=quiet)
