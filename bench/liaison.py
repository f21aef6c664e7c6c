"""Adds liaisons with a grid area of their own (through `bench.inside`): NAME:HOUSEHOLDS:PEOPLE:PHONES[:TASKS] …"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from mulian.core import packs
from mulian.core.access import actors, devices, tokens
from mulian.core.access.models import Person, Posting
from mulian.core.areas.models import Area
from mulian.core.sync import sealing
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.ids import uuid7
from mulian.modules.households.seed.batch import Batch, centre_of
from mulian.modules.households.seed.cast import Worker, demo_villages, grid_code
from mulian.modules.households.seed.families import families
from mulian.modules.households.seed.people import write_people
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.domain.asking import Asks

FIRST_NUMBER, NUMBERS_EACH = 2000, 12_000
"""Household numbers of these liaisons begin beyond all that the demo gives out in a village."""
FIRST_GRID = 900
TITLES = ("统计越冬饲草", "医保缴费讲到户", "看一看水井是否结冰", "通知暴雪预警", "登记疫苗接种")
WORDS = "请逐户问清，当天记下；有困难的马上报告。"
SERVED = timedelta(days=300)


@dataclass(frozen=True)
class Wanted:
    """One liaison: households in their grid area, people in those, phones that are theirs."""

    name: str
    households: int
    people: int
    phones: int
    tasks: int = 0


def write(words: list[str]) -> Iterator[dict[str, Any]]:
    """What each has: area, the county's key, phones with their tokens, households."""
    key = sealing.current_key(clock.now())
    for turn, word in enumerate(words):
        name, *counts = word.split(":")
        yield _add(Wanted(name, *map(int, counts)), turn) | {
            "key": {"kid": key.kid, "public": key.public_jwk}
        }


@transaction.atomic
def _add(wanted: Wanted, turn: int) -> dict[str, Any]:
    at, village = clock.now(), demo_villages(packs.current())[0]
    grid = _grid(village, wanted.name, turn, at)
    person = _person(wanted.name, grid, at)
    made = [tokens.make() for _ in range(wanted.phones)]
    phones = [devices.add_device(person=person, token=token, at=at, label="bench") for token in made]
    batch = _families(wanted, turn, village, grid, at)
    _issue(wanted.tasks, village, grid, at)
    code = devices.start_enrolment(person=person.id, actor=SYSTEM, at=at)
    return {
        "name": wanted.name,
        "area": grid,
        "code": code.token,
        "phones": [{"device": str(d.id), "token": t} for d, t in zip(phones, made, strict=True)],
        "households": [str(one.id) for one in batch.households],
    }


def _grid(village: str, name: str, turn: int, at: datetime) -> str:
    code = grid_code(village, FIRST_GRID + turn)
    Area.objects.create(
        code=code,
        parent_id=village,
        level="grid",
        name_zh=f"{FIRST_GRID + turn}号网格",
        name_bo=f"དྲ་མིག་{FIRST_GRID + turn}",
        name_en=name,
        valid_from=(at - SERVED).date(),
    )
    return code


def _person(name: str, grid: str, at: datetime) -> Person:
    worker = Worker(name, Role.LIAISON, grid, language="bo")
    write_people([worker], since=at - SERVED, at=at)
    return Person.objects.get(id=worker.id)


def _families(wanted: Wanted, turn: int, village: str, grid: str, at: datetime) -> Batch:
    pack, random = packs.current(), Random(f"bench:{wanted.name}")
    batch = Batch(pack.code, village, centre_of(pack), at - SERVED, at)
    made = families(random, wanted.households, wanted.people, at.year, True) if wanted.households else ()
    for number, family in enumerate(made, FIRST_NUMBER + NUMBERS_EACH * turn):
        batch.add(number, family, grid)
    batch.write()
    return batch


def _issue(count: int, village: str, grid: str, at: datetime) -> None:
    """Tasks of the village for this grid area, as a village lead gives them."""
    lead = Posting.objects.filter(role=Role.VILLAGE_LEAD, area_id=village).order_by("id").first()
    actor = actors.actor_of(lead.person_id, at) if lead else None
    for turn in range(count):
        assert actor is not None
        title = f"{TITLES[turn % len(TITLES)]}（第{turn + 1}项）"
        due = at + timedelta(days=2 + turn % 9)
        asks = Asks.NUMBER if turn % 2 else Asks.DONE
        issue(id=uuid7(), title=title, text=WORDS, area=grid, due=due, asks=asks, actor=actor, at=at)
