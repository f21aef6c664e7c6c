"""The long fault run: `python -m bench.faults --reports 10000 [--seed N] [--phones N]`.

Many phones send through a bad line while the server is killed, restored, runs out of disk and grows three months
older; then the referee counts. On PostgreSQL where `MULIAN_DATABASE_URL` names a server.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.county import prepared
from bench.disk import Disk, small_disk
from bench.link import SOUND, Fault
from bench.phone import Phone
from bench.referee import Verdict
from bench.trial import YEAR, Trial, named
from bench.wire import NoAnswer, Refusal

AT_ONCE = 8
PHONES_EACH = 3
"""Phones of one liaison: what one of them reports, the others hold too."""
PAUSE = (4.0, 12.0)
"""Seconds of quiet between two blows to the server."""
SKEWS = (timedelta(), timedelta(), YEAR, -YEAR, timedelta(hours=-9))


class Storm:
    """Phones that send at the same time, each with a luck of its own, and blows to the server meanwhile."""

    def __init__(self, trial: Trial, disk: Disk, reports: int, seed: int) -> None:
        self.trial, self.disk, self.reports, self.seed = trial, disk, reports, seed
        self.saved, self.lock, self.calm = 0, threading.Lock(), threading.Event()
        self.calm.set()

    def run(self) -> None:
        self.trial.proxy.faults = self._luck()
        shares = [self.trial.fleet[n::AT_ONCE] for n in range(AT_ONCE)]
        threads = [threading.Thread(target=self._people, args=(share, n)) for n, share in enumerate(shares)]
        for thread in threads:
            thread.start()
        blows = Random(f"blows:{self.seed}")
        while any(thread.is_alive() for thread in threads):
            time.sleep(blows.uniform(*PAUSE))
            self._blow(blows)
            print(f"  {self.saved:,} of {self.reports:,} reports saved", file=sys.stderr, flush=True)
        for thread in threads:
            thread.join()

    def _luck(self) -> Iterator[Fault]:
        """Every second connection is sound, or nothing would ever arrive."""
        while True:
            yield SOUND
            fault = self.trial.random_fault()
            self.trial.note(named(fault))
            yield fault

    def _people(self, phones: list[Phone], n: int) -> None:
        """Somebody reports in one of these phones, the phone tries to send, the app may be killed."""
        chance = Random(f"people:{self.seed}:{n}")
        while self._more():
            phone = chance.choice(phones)
            for _ in range(chance.randint(1, 40)):
                self._save(phone, chance)
            if chance.random() < 0.2:
                phone.restart()
                self.trial.note("app killed")
            try:
                phone.run()
            except (NoAnswer, Refusal) as error:
                time.sleep(min(2.0, getattr(error, "retry_after", 0.0) or 0.05))
            self.trial.remember(phone)

    def _more(self) -> bool:
        with self.lock:
            return self.saved < self.reports

    def _save(self, phone: Phone, chance: Random) -> None:
        with self.lock:
            if self.saved >= self.reports:
                return
            self.saved += 1
        report = self.trial.report(phone, skew=chance.choice(SKEWS), urgent=chance.random() < 0.02)
        if chance.random() < 0.05:
            self.trial.add(phone, report)
        if chance.random() < 0.02:
            self.trial.spoil(phone)
        if chance.random() < 0.002:
            self.trial.speak(phone)

    def _blow(self, chance: Random) -> None:
        """One thing that happens to the server while everybody sends."""
        kind = chance.choice(["kill", "kill", "worker", "worker", "disk"])
        if kind == "disk" and self.disk.small:
            self.disk.fill()
            time.sleep(chance.uniform(0.5, 2.0))
            self.disk.empty()
            self.trial.note("disk full")
        elif kind == "worker":
            self.trial.kill_worker()
        else:
            self.trial.kill_now()


def main() -> int:
    """Prints what happened and what the referee found; exit code 1 when anything was lost, doubled or untrue."""
    words = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    words.add_argument("--reports", type=int, default=1000)
    words.add_argument("--phones", type=int, default=60)
    words.add_argument("--seed", type=int, default=int(time.time()))
    asked = words.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mulian-faults-") as name:
        size = 150 + asked.reports // 80
        with small_disk(Path(name) / "disk", megabytes=size) as disk:
            trial, verdict, older = _attack(asked, Path(name), disk)
    print(f"Fault run, seed {asked.seed}, {trial.database}, {time.monotonic() - began:.0f} s")
    for what, times in sorted(trial.happened.items(), key=lambda pair: -pair[1]):
        print(f"  {what:<48} {times:>7,}")
    _say("after the storm", verdict, trial)
    _say("after everything was sent again, 90 days later", older, trial)
    return 1 if verdict.faults or older.faults else 0


def _attack(asked: argparse.Namespace, place: Path, disk: Disk) -> tuple[Trial, Verdict, Verdict]:
    data = disk.folder / "data"
    data.mkdir()
    count = max(1, asked.phones // PHONES_EACH)
    county = prepared(data, *(f"storm{n}:3:9:{PHONES_EACH}" for n in range(count)))
    county.server.start()
    trial = Trial(county, asked.seed, snapshots=place / "backup")
    try:
        with trial.proxy:
            for people in county.liaisons.values():
                for turn in range(PHONES_EACH):
                    trial.enlist(people.phone(turn, trial.proxy.port, sealed=turn % 2 == 0))
            Storm(trial, disk, asked.reports // 2, asked.seed).run()
            trial.kill(keep=True)
            Storm(trial, disk, asked.reports - asked.reports // 2, asked.seed + 1).run()
            trial.restore()
            verdict = trial.verdict()
            trial.pass_days(90)
            for phone in trial.fleet:
                trial.replay(phone)
            return trial, verdict, trial.verdict()
    finally:
        county.server.kill()


def _say(when: str, verdict: Verdict, trial: Trial) -> None:
    print(
        f"\n{when}: {len(trial.texts):,} reports saved on phones, {len(trial.acknowledged):,} commands acknowledged"
    )
    print(f"  cases at the county    {verdict.reports:>7,}")
    print(f"  in quarantine          {verdict.refused:>7,}")
    print(f"  sounds whole           {verdict.sounds:>7,}")
    for name in ("lost", "doubled", "false_received", "bytes_gone", "undecided"):
        found = getattr(verdict, name)
        print(f"  {name:<22} {len(found):>7,}  {'; '.join(found[:3])}".rstrip())
    print(f"  applied, phone says received {verdict.untold:>1,}")


if __name__ == "__main__":
    raise SystemExit(main())
