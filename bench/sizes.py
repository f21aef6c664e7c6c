"""How many bytes a round trip is: they do not depend on the line, so it is not slowed here."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from random import Random

from bench.county import County
from bench.phone import Phone
from mulian.site.benching.measures import Row

TEXTS = (
    "村口的桥被水冲断了，车过不去，请派人来看一看",
    "冬草场的围栏坏了三处，牛跑到邻村去了",
    "སྡེ་བའི་ཟམ་པ་ཆག་སོང་། རླངས་འཁོར་འགྲོ་མི་ཐུབ།",
    "三天没有电了，手机也快没电了，老人身体不好",
    "གཡག་ལ་ནད་བྱུང་སོང་། སྨན་པ་རོགས་བྱེད་རོགས།",
)
CASES = 60
POUCH = {"hard": (358_100, 2.2, 151_311), "repetitive": (276_500, 3.8, 70_361)}
"""Bytes PouchDB moved for 1,000 documents of that kind, gzip; the ratio to beat; their rows packed (DESIGN §9)."""


def syncs(county: County) -> Iterator[Row]:
    """A liaison's first day, a quiet contact, and small changes."""
    people = county.liaisons["heavy"]
    writer = people.phone(0, county.server.port, sealed=False)
    fill(writer, people.households, CASES)
    county.settled()
    phone = people.phone(1, county.server.port)
    cold, requests = moved(phone, phone.run)
    held = "{household} households, {case} cases, {task} tasks".format(**_held(phone))
    yield Row(
        "cold sync of a liaison",
        f"{cold:,} B, {requests} requests",
        "≤ 25 KB, ≤ 3",
        cold <= 25_000 and requests <= 3,
    )
    yield Row("  held then", held)
    quiet, requests = moved(phone, phone.run)
    yield _quiet(f"nothing changed, {len(phone.store.things)} records held", quiet, requests)
    yield from _vast(county)
    yield from _changes(county, writer, phone, 1, "≤ 2 KB", 2_000)
    yield from _changes(county, writer, phone, 10, "≤ 1.6 KB, 1", 1_600)


def _vast(county: County) -> Iterator[Row]:
    people = county.liaisons["vast"]
    phone = people.phone(0, county.server.port)
    whole(phone)
    quiet, requests = moved(phone, phone.run)
    yield _quiet(f"nothing changed, {len(phone.store.things):,} records held", quiet, requests)


def _quiet(what: str, size: int, requests: int) -> Row:
    return Row(what, f"{size:,} B, {requests} request", "≤ 650 B, 1", size <= 650 and requests == 1)


def _changes(county: County, writer: Phone, phone: Phone, count: int, goal: str, most: int) -> Iterator[Row]:
    """Another phone of the liaison changed so many households."""
    for turn, id in enumerate(county.liaisons["heavy"].households[:count]):
        body = {"household": id, "phone": f"000{10_000_000 + 100 * count + turn}"}
        writer.store.save("households.update", body, at=datetime.now(UTC))
    writer.run()
    county.settled()
    size, requests = moved(phone, phone.run)
    what = "one household changed" if count == 1 else f"{count} households changed"
    yield Row(what, f"{size:,} B, {requests} request", goal, size <= most and requests == 1)


def documents(county: County) -> Iterator[Row]:
    """1,000 cases with words as hard or as repetitive as those PouchDB was measured with."""
    for kind, (pouch, ratio, theirs) in POUCH.items():
        people, chance = county.liaisons[kind], Random(f"documents:{kind}")
        for turn in (0, 1):
            writer = people.phone(turn, county.server.port, sealed=False)
            for _ in range(500):
                writer.store.save("cases.report", {"text": _words(kind, chance)}, at=datetime.now(UTC))
            writer.run_until_done(seconds=120)
        county.settled()
        phone = people.phone(2, county.server.port)
        size, requests = moved(phone, partial(whole, phone))
        rows = [{"id": id, **thing.data} for (_, id), thing in phone.store.things.items()]
        packed = len(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), 6))
        yield Row(
            f"cold, {len(rows):,} documents, {kind}",
            f"{size:,} B, {requests} requests, 1/{pouch / size:.1f}",
            f"≤ 1/{ratio} of PouchDB",
            size <= pouch / ratio,
        )
        yield Row("  the same rows as JSON, gzip -6", f"{packed:,} B (in PouchDB's run {theirs:,} B)")


def _words(kind: str, chance: Random) -> str:
    """Hard: characters at random, Chinese and Tibetan; repetitive: sentences of a small stock and a name."""
    if kind == "repetitive":
        return "。".join([*(chance.choice(TEXTS) for _ in range(3)), _chinese(chance, 16)])
    tibetan = "་".join("".join(chr(chance.randrange(0x0F40, 0x0F69)) for _ in range(3)) for _ in range(14))
    return f"{_chinese(chance, 30)} {tibetan}"


def _chinese(chance: Random, count: int) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x4E00 + 3000)) for _ in range(count))


def whole(phone: Phone) -> None:
    """Pulls with the largest pages, as the app's first sync does."""
    while phone.exchange(limit=500):
        pass


def fill(phone: Phone, households: tuple[str, ...], count: int) -> None:
    """Reports of the liaison's families."""
    for turn in range(count):
        body = {
            "text": f"{TEXTS[turn % len(TEXTS)]}（{turn + 1}）",
            "household": households[turn % len(households)],
        }
        phone.store.save("cases.report", body, at=datetime.now(UTC))
    phone.run()


def moved(phone: Phone, act: Callable[[], object]) -> tuple[int, int]:
    """Bytes both ways (bodies and the headers that app and server set), and requests."""
    before = phone.line.ours, phone.line.requests
    act()
    return phone.line.ours - before[0], phone.line.requests - before[1]


def _held(phone: Phone) -> dict[str, int]:
    kinds = [kind for kind, _ in phone.store.things]
    return {kind: kinds.count(kind) for kind in ("household", "case", "task")}
