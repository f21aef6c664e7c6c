"""A liaison's first day in bytes: 25 families with 30 items, ten papers and their needs, 100 members, 60 cases with
voices, 40 tasks, the titles of all forms and the words of the catalogue in two languages fit in 25 KB (DESIGN §9), and
a family of which one fact changed in 2 KB.

The bytes are those of the answer itself as the phone asks for it, in one request of at most 200 changes, packed as
the server packs it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import brotli
import pytest

from mulian.core.events.stamper import stamp
from mulian.core.files.models import Blob
from mulian.core.packs import load
from mulian.core.sync import pulling
from mulian.core.sync.views import quality_for
from mulian.core.sync.wire import Answer, Change, encode
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case
from mulian.modules.forms.actions.packed import publish_pack
from mulian.modules.households.actions import Fact, update_household
from mulian.modules.households.models import Item
from mulian.modules.households.queries import register
from mulian.modules.households.seed.batch import Batch
from mulian.modules.households.seed.families import families
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.domain.asking import Asks
from tests.world import AT, GRID2, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")

FAMILIES, PEOPLE, ITEMS, CASES, TASKS = 25, 100, 30, 60, 40
LIMIT, WITH_ALL_THE_DEMO_HAS, ONE_CHANGED = 25_000, 27_000, 2_000
CHINESE = "村口的桥被水冲断了车过不去请派人来看一看冬草场围栏坏三处牛跑到邻村三天没有电手机老人身体不好药吃完"
TIBETAN = [
    "སྡེ",
    "བའི",
    "ཟམ",
    "པ",
    "ཆག",
    "སོང",
    "རླངས",
    "འཁོར",
    "འགྲོ",
    "མི",
    "ཐུབ",
    "གཡག",
    "ལ",
    "ནད",
    "བྱུང",
    "སྨན",
    "རོགས",
    "བྱེད",
    "ཆུ",
    "ལོག",
]


def settle(world: World) -> list[UUID]:
    """Families of the size and with the camps the demo gives them."""
    batch = Batch("632623", VILLAGE, (33.9, 100.1), AT - timedelta(days=300), AT)
    for number, family in enumerate(families(Random(1), FAMILIES, PEOPLE, 2026, bilingual=True), 3000):
        batch.add(number, family, GRID2)
    batch.write()
    return [row.id for row in batch.households]


def words(chance: Random) -> str:
    """A sentence or two nobody said before."""
    if chance.random() < 0.5:
        return "".join(chance.choice(CHINESE) for _ in range(chance.randint(12, 30)))
    return "་".join(chance.choice(TIBETAN) for _ in range(chance.randint(8, 20)))


def report_all(world: World, households: list[UUID]) -> None:
    """Half spoken, half written, in all states of their lives, each with a voice or a photo."""
    chance = Random(2)
    for number in range(CASES):
        spoken, sha256 = number % 2, chance.randbytes(32).hex()
        case = reporting.report(
            id=uuid7(AT),
            actor=world.actor("liaison2"),
            at=AT - timedelta(hours=3 * number),
            text=words(chance),
            household=chance.choice(households),
            **({"voice": Voice(sha256=sha256)} if spoken else {"photos": [sha256]}),
        )
        Blob.objects.filter(sha256=sha256).update(state="ready", seconds=7.3 if spoken else None)
        if number % 3 == 0:
            steps = [
                *case.steps,
                *({"at": AT.isoformat(), "state": s} for s in ("taken", "solved", "answered")),
            ]
            Case.unscoped.filter(id=case.id).update(
                state="answered", answered_at=AT, answer_text=words(chance), steps=steps
            )


def give_tasks(world: World) -> None:
    chance = Random(3)
    for number in range(TASKS):
        issue(
            id=uuid7(AT), title=words(chance)[:24], text=words(chance), area=GRID2,
            due=AT + timedelta(days=1 + number % 9), asks=Asks.DONE if number % 2 else Asks.NUMBER,
            actor=world.actor("village_lead"), at=AT,
        )  # fmt: skip


def answer_to(world: World) -> Answer:
    while stamp(AT):
        pass
    page = pulling.pull(world.actor("liaison2"), None, at=AT, limit=200)
    return Answer("4d8ae10c500f15a9", "x" * 40, page.more, AT.isoformat(), [], page.changes)


def sizes(changes: list[Change]) -> str:
    """What each kind adds, in the order it travels."""
    kinds = list(dict.fromkeys(change.kind for change in changes))
    grown = [0, *(packed([c for c in changes if c.kind in kinds[: n + 1]]) for n in range(len(kinds)))]
    count = {kind: sum(change.kind == kind for change in changes) for kind in kinds}
    parts = [f"{count[kind]} {kind}: {b - a:,}" for kind, (a, b) in zip(kinds, pairwise(grown), strict=True)]
    return ", ".join(parts)


def packed(what: object) -> int:
    body = encode(what)
    return len(brotli.compress(body, quality=quality_for(len(body))))


def keep_thirty(households: list[UUID]) -> None:
    """Leaves each family the first thirty of its items."""
    for household, known in register.true_on(households, AT.date()).items():
        kept = {(one.code, one.subject) for one in known[:ITEMS]}
        rows = Item.unscoped.filter(household=household).values_list("id", "code", "subject")
        Item.unscoped.filter(id__in=[id for id, *key in rows if tuple(key) not in kept]).delete()


def test_a_liaisons_first_day_fits_in_25_kilobytes_and_one_request(world: World) -> None:
    pack = load("gande")
    assert pack.code == "632623"
    offered = publish_pack(pack, AT)
    households = settle(world)
    report_all(world, households)
    give_tasks(world)

    everything = answer_to(world)
    keep_thirty(households)
    answer = answer_to(world)

    rows = [c.data or {} for c in answer.changes if c.kind == "household"]
    held = {
        kind: sum(c.kind == kind for c in answer.changes) for kind in ("household", "case", "task", "form")
    }
    assert not answer.more
    assert held == {"household": FAMILIES + 1, "case": CASES, "task": TASKS, "form": offered}
    assert sum(len(row["members"]) for row in rows) >= PEOPLE
    assert sum(len(said["values"]) for row in rows for said in row.get("items", [])) == FAMILIES * ITEMS
    assert sum(len(seen["held"]) for row in rows for seen in row.get("documents", [])) >= 8 * FAMILIES
    assert packed(answer) <= LIMIT, sizes(answer.changes)
    assert packed(everything) <= WITH_ALL_THE_DEMO_HAS, sizes(everything.changes)
    assert all(not empties(json.loads(encode(change.data or {}))) for change in everything.changes)


def test_one_changed_household_is_a_patch_of_two_kilobytes(world: World) -> None:
    household, actor = settle(world)[0], world.actor("liaison2")
    while stamp(AT):
        pass
    cursor = pulling.pull(actor, None, at=AT, limit=200).cursor
    fact = Fact(code="livestock.yak", value=41)
    update_household(household=household, facts=[fact], actor=actor, at=AT)
    while stamp(AT):
        pass

    page = pulling.pull(actor, cursor, at=AT, limit=200)

    assert [(c.op, c.id, sorted(c.data or {})) for c in page.changes] == [
        ("patch", str(household), ["items"])
    ]
    assert (
        packed(Answer("4d8ae10c500f15a9", "x" * 40, False, AT.isoformat(), [], page.changes)) <= ONE_CHANGED
    )


def empties(value: object) -> list[object]:
    """What says nothing and would travel all the same."""
    if isinstance(value, dict):
        return [
            e for each in value.values() for e in ([each] if each in (None, "", [], {}) else empties(each))
        ]
    return [e for each in value for e in empties(each)] if isinstance(value, list) else []
