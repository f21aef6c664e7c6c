"""Phones, bad luck and a referee: what the fault model and the long fault run do to a real server.

Each act is one kind of bad luck. `verdict()` brings everything to rest and asks the referee. The server is a process
of its own; -9 is -9.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from bench import truth
from bench.county import County
from bench.link import Fault
from bench.outbox import Store, Thing
from bench.phone import BATCH, Phone
from bench.proxy import Proxy
from bench.referee import Said, Verdict, judge
from bench.voice import voice
from bench.wire import Line, NoAnswer, Refusal
from mulian.site import beside
from tests.journeys.servers import database, name_of

YEAR = timedelta(days=365)
PATIENCE = 60
"""How often a phone that only needs quiet may try again before the trial calls it stuck."""


class Trial:
    """A county under attack. Phones are `fleet`; `texts` is what each report said."""

    def __init__(self, county: County, seed: int, *, snapshots: Path) -> None:
        self.county, self.chance, self.snapshots = county, Random(f"trial:{seed}"), snapshots
        self.proxy = Proxy(county.server.port, seed=seed)
        self.fleet: list[Phone] = []
        self.gone: list[Phone] = []
        self.texts: dict[str, str] = {}
        self.added: dict[str, str] = {}
        self.acknowledged: set[str] = set()
        self.days = 0
        self.snapshot: Path | None = None
        self.copied = ""
        """The snapshot's database on PostgreSQL."""
        self.happened: dict[str, int] = {}

    def note(self, what: str, times: int = 1) -> None:
        """Counts bad luck, for the report."""
        self.happened[what] = self.happened.get(what, 0) + times

    @property
    def database(self) -> str:
        return "PostgreSQL" if self.county.server.database_url else "SQLite"

    def enlist(self, phone: Phone) -> Phone:
        self.fleet.append(phone)
        return phone

    # What people do

    def report(self, phone: Phone, *, skew: timedelta = timedelta(), urgent: bool = False) -> str:
        """Saves one report; its words appear nowhere else."""
        text = f"试验 {uuid4().hex}"
        body: dict[str, Any] = {"text": text} | ({"urgent": True} if urgent else {})
        id = phone.store.save("cases.report", body, at=datetime.now(UTC) + skew)
        self.texts[id] = text
        return id

    def speak(self, phone: Phone) -> str:
        """A spoken report: the words of the command first, the sound apart."""
        sound = phone.store.keep(voice(self.chance, self.chance.uniform(2.0, 12.0)), "audio/webm")
        text = f"试验 {uuid4().hex}"
        body: dict[str, Any] = {
            "text": text,
            "voice": {"sha256": sound.sha256, "seconds": 9.0, "mime": sound.mime},
        }
        id = phone.store.save("cases.report", body, at=datetime.now(UTC), media=[sound.sha256])
        self.texts[id] = text
        return id

    def add(self, phone: Phone, after: str) -> str:
        """More words for a report that may not have left the phone yet."""
        body = {"case": after, "text": f"补充 {uuid4().hex}"}
        id = phone.store.save("cases.add", body, at=datetime.now(UTC), after=[after])
        self.added[id] = after
        return id

    def spoil(self, phone: Phone) -> str:
        """A command the county cannot use: another kind, another shape, an unknown household."""
        spoilt: list[tuple[str, dict[str, Any]]] = [
            ("cases.nonsense", {"text": uuid4().hex}),
            ("cases.report", {"text": 7, "note": uuid4().hex}),
            ("households.update", {"household": str(uuid4()), "phone": "1"}),
        ]
        kind, body = self.chance.choice(spoilt)
        return phone.store.save(kind, body, at=datetime.now(UTC))

    # What the line does

    def sync(self, phone: Phone, *faults: Fault) -> bool:
        """One run of the phone through the proxy; each fault meets one connection. True when it finished."""
        self.proxy.faults = iter(faults)
        for fault in faults:
            self.note(named(fault))
        try:
            if faults:
                phone.restart()
            phone.run()
        except (NoAnswer, Refusal):
            return False
        finally:
            self.remember(phone)
        return True

    def random_fault(self) -> Fault:
        chance = self.chance
        return chance.choice(
            [
                Fault(cut_up=chance.randint(1, 3000)),
                Fault(cut_down=0),
                Fault(cut_down=chance.randint(1, 600)),
                Fault(copies=5),
                Fault(copies=5, cut_down=0),
                Fault(portal=True),
            ]
        )

    def replay(self, phone: Phone, *, most: int = BATCH) -> None:
        """Everything the phone ever saved once more, in any order, by somebody who knows nothing of receipts."""
        wires = [one.wire for one in phone.store.commands.values()]
        self.chance.shuffle(wires)
        line = Line(self.county.server.port, phone.line.token)
        for start in range(0, min(len(wires), 10 * most), most):
            commands = b",".join(wires[start : start + most])
            try:
                line.post_json("/field/sync", b'{"v":1,"commands":[' + commands + b'],"max":0}')
            except (NoAnswer, Refusal):
                break
        line.close()
        self.note("everything sent again in another order")

    # What happens to the server

    def kill(self, *busy: Phone, keep: bool = False) -> None:
        """-9 while these phones sync; `keep` takes a backup before the next start."""
        threads = [threading.Thread(target=self._quietly, args=(phone,)) for phone in busy]
        for thread in threads:
            thread.start()
        threading.Event().wait(self.chance.uniform(0.0, 0.12) if busy else 0.0)
        self.county.server.kill()
        for thread in threads:
            thread.join()
        if keep:
            self._take_backup()
        self._start()
        for phone in self.fleet:
            phone.restart()
        self.note("server killed with -9")

    def kill_now(self) -> None:
        """-9 in the middle of whatever others do with the phones."""
        self.county.server.kill()
        self._start()
        self.note("server killed with -9")

    def kill_worker(self) -> None:
        """-9 to the process that applies, beside a server that goes on taking in; another one follows."""
        assert self.county.server.process is not None
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                name = (entry / "comm").read_text().strip()
                ours = os.getpgid(int(entry.name)) == self.county.server.process.pid
                if ours and name == beside.NAME:
                    os.kill(int(entry.name), signal.SIGKILL)
                    self.note("worker killed with -9")

    def restore(self) -> None:
        """The backup comes back: a new epoch, and all that phones keep is sent again.

        The mark outside the database is as far as the log, as it is a minute after the last event.
        """
        assert self.snapshot is not None
        server = self.county.server
        epoch, pos = truth.head(server.folder, server.database_url)
        server.kill()
        for path in server.folder.glob("*.sqlite3*"):
            path.unlink()
        shutil.copytree(self.snapshot, server.folder, dirs_exist_ok=True)
        (server.folder / "position").write_text(f"{epoch} {pos}")
        if server.database_url:
            database(name_of(server.database_url), template=self.copied)
        self._start()
        self.note("restored from a backup (new epoch)")

    def pass_days(self, days: int) -> None:
        """The server's clock goes on; phones know nothing of it."""
        self.days += days
        self.county.server.kill()
        self._start()
        self.note(f"{days} days later")

    def revoke(self, phone: Phone) -> None:
        """The phone was lost: an administrator revokes it while reports are still on it."""
        self.snapshot = None
        device = phone.store.key.device if phone.store.key else ""
        status = self.county.post(f"/people/phones/{device}/revoke/", role="administrator")
        assert status in (200, 302), status
        self.fleet.remove(phone)
        self.gone.append(phone)
        self.note("phone revoked with reports on it")

    # What the referee says

    def verdict(self) -> Verdict:
        """Lets everything come to rest, then compares phones, words and the database."""
        for phone in [*self.fleet, *self.gone]:
            self.come_home(phone)
        self.county.settled()
        for phone in self.fleet:
            self.come_home(phone)
        found = truth.read(self.county.server.folder, self.county.server.database_url)
        return judge(found, Said(self.texts, self.added), self.fleet, self.gone)

    def come_home(self, phone: Phone) -> None:
        """Good network at last: tries until nothing waits on the phone."""
        phone.restart()
        for _ in range(PATIENCE):
            if self.sync(phone) and not phone.store.unsent(1) and not phone.store.media_due():
                return
            threading.Event().wait(0.5)
        raise AssertionError(f"a phone never got its {len(phone.store.unsent(10**6))} commands through")

    def strayed(self, phone: Phone, twin: Phone) -> dict[str, Any]:
        """Where what the phone holds after all this differs from what a fresh phone is given.

        The county goes on working meanwhile, so a difference counts when it is still there after a few looks.
        """
        differ: dict[str, Any] = {}
        for _ in range(5):
            self.come_home(phone)
            twin.store = Store(twin.store.key)
            self.come_home(twin)
            held, given = phone.store.things, twin.store.things
            differ = {
                str(place): (held.get(place), given.get(place))
                for place in held.keys() | given.keys()
                if place not in held or place not in given or _shown(held[place]) != _shown(given[place])
            }
            if not differ:
                break
            threading.Event().wait(0.5)
        return differ

    def _quietly(self, phone: Phone) -> None:
        with suppress(NoAnswer, Refusal):  # the server is killed, as wanted
            phone.run()
        self.remember(phone)

    def remember(self, phone: Phone) -> None:
        """What a phone was ever told is received must never be lost, whatever it is told later."""
        self.acknowledged |= {id for id, r in phone.store.receipts.items() if r["verdict"] != "refused"}

    def _start(self) -> None:
        server = self.county.server
        at = datetime.now(UTC) + timedelta(days=self.days)
        server.options = ("--at", at.isoformat(timespec="seconds")) if self.days else ()
        server.start()

    def _take_backup(self) -> None:
        server = self.county.server
        shutil.rmtree(self.snapshots, ignore_errors=True)
        leave = shutil.ignore_patterns("lock", "out.log", "static")
        shutil.copytree(server.folder, self.snapshots, ignore=leave)
        if server.database_url:
            self.copied = name_of(database("mulian_bench_backup", template=name_of(server.database_url)))
        self.snapshot = self.snapshots


def _shown(thing: Thing) -> dict[str, Any]:
    """A record as its screen needs it. Of sounds and photos only the names: their length and state are learnt with the
    next change of the record, since a checked file is no change of it.
    """
    names = {
        kind: [each["sha256"] for each in thing.data.get(kind, ())] for kind in ("voices", "photos", "proof")
    }
    return {**thing.data, **names}


def named(fault: Fault) -> str:
    if fault.portal:
        return "captive portal"
    if fault.copies:
        return f"{fault.copies + 1} copies at once" + (", replies lost" if fault.cut_down == 0 else "")
    if fault.cut_up is not None:
        return "cut in the request"
    return "reply lost" if fault.cut_down == 0 else "reply cut"
