"""A county's years of cases, written in bulk: copies of real reports with all their rows, over every village.

Each copy has words of its own in the search, receivers, placements, clocks and its event, as a report of the
line leaves them. A quarter is open (most of the newest, a tenth of the old), a tenth urgent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from bench import empty, lives

SPAN = timedelta(days=3 * 365)
PART = 2000
FIRST_POSITION = 1_000_000
"""Of the log, far behind what making the models writes."""
OPEN = ("reported", "taken", "in_work", "waiting", "solved", "answered")
MODELS_OF_A_VILLAGE, MODELS_NEAR = 4, 12
"""Of each village, and of the family of the cast: its village has a good tenth of all, four times an ordinary one's."""


@dataclass(frozen=True)
class Written:
    """What is there to ask for: the newest open case, one that is closed, and its number."""

    open: UUID
    closed: UUID
    number: str


def fill(cases: int, seed: int = 4) -> Written:
    """The cast of the tests and so many cases until now."""
    from django.db import transaction  # noqa: PLC0415 -- needs Django

    now, chance = datetime.now(UTC), Random(seed)
    world = empty.cast(now)
    models = _models(world, now)
    found: dict[str, tuple[UUID, str]] = {}
    for first in range(0, cases, PART):
        numbers = range(first, min(first + PART, cases))
        made = [Copy(n, now - SPAN * (cases - n) / cases, cases, models, chance) for n in numbers]
        with transaction.atomic():
            _write(made, chance)
            lives.write(made, FIRST_POSITION + cases + lives.MOST * first, chance)
        print(f"  {numbers[-1] + 1} of {cases} cases", end="\r", flush=True)
        found |= {("open" if each.open else "closed"): (each.id, each.number) for each in made}
    _settle(FIRST_POSITION + (1 + lives.MOST) * cases)
    lives.count(now)
    return Written(found["open"][0], found["closed"][0], found["closed"][1])


@dataclass(frozen=True)
class Model:
    """A real report with its rows by table."""

    case: Any
    rows: dict[Any, list[dict[str, Any]]]


class Copy:
    """What is its own of a copy."""

    def __init__(self, n: int, at: datetime, cases: int, models: Sequence[Model], chance: Random) -> None:
        from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above

        self.n, self.id, self.at, self.number = n, uuid7(at), at, f"GD{at:%y%m%d}{n:07d}"
        self.model = chance.choice(models)
        self.open = chance.random() < (0.7 if n > cases * 0.75 else 0.1)
        self.state = chance.choice(OPEN) if self.open else "closed"
        self.due = at + timedelta(days=chance.uniform(0, 60)) if self.open else None
        self.urgent = chance.random() < 0.1
        self.parts = (self.model.case.text, chance.choice(models).case.text, str(n % 977))
        self.words = " ".join(self.parts)


def _models(world: Any, now: datetime) -> list[Model]:
    """A few real reports from each village, and from the family of the cast."""
    from mulian.core.areas.models import Area  # noqa: PLC0415 -- as above
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above
    from mulian.modules.cases.actions import reporting  # noqa: PLC0415 -- as above
    from mulian.modules.cases.seed.stories import STORIES  # noqa: PLC0415 -- as above

    texts, actor = [story.text for story in STORIES], world.actor("county_duty")
    villages = sorted(Area.objects.filter(level="village").values_list("code", flat=True))
    made = []
    for n, village in enumerate(villages * MODELS_OF_A_VILLAGE):
        text = texts[n % len(texts)]
        made.append(reporting.report(id=uuid7(now), actor=actor, at=now, text=text, area=village))
    for text in texts[:MODELS_NEAR]:
        near = world.households["near"]
        made.append(
            reporting.report(id=uuid7(now), actor=world.actor("liaison"), at=now, text=text, household=near)
        )
    return [_model(case.id) for case in made]


def _model(case: UUID) -> Model:
    from mulian.core.access.models import Placement  # noqa: PLC0415 -- as above
    from mulian.core.events.models import Event  # noqa: PLC0415 -- as above
    from mulian.modules.cases.models import Case, Promise, Receiver  # noqa: PLC0415 -- as above

    return Model(
        Case.unscoped.because("a bench copies it").get(id=case),
        {
            Receiver: _values(Receiver.objects.filter(case=case)),
            Placement: _values(Placement.objects.filter(subject_kind="case", subject_id=case)),
            Promise: _values(Promise.objects.filter(case=case)),
            Event: _values(Event.objects.filter(subject_kind="case", subject_id=case, name="cases.reported")),
        },
    )


def _values(rows: Any) -> list[dict[str, Any]]:
    names = _names(rows.model)
    return [{name: getattr(row, name) for name in names} for row in rows]


def _write(made: Sequence[Copy], chance: Random) -> None:
    from mulian.core.database.rows import insert, insert_values  # noqa: PLC0415 -- as above
    from mulian.core.search.index import stored  # noqa: PLC0415 -- as above
    from mulian.core.search.models import SearchEntry  # noqa: PLC0415 -- as above

    insert([_case(each, chance) for each in made])
    for table in made[0].model.rows:
        insert_values(table, _names(table), [row for each in made for row in _rows(table, each)])
    assert _tokens(made[0]) == stored(made[0].words)
    found = [("case", each.id, _tokens(each), each.at) for each in made]
    insert_values(SearchEntry, ("subject_kind", "subject_id", "tokens", "indexed_at"), found)


def _tokens(each: Copy) -> str:
    """As the search stores its words: texts are few and their words do not reach into each other."""
    return " ".join(sorted({token for part in each.parts for token in _told(part)}))


@cache
def _told(text: str) -> tuple[str, ...]:
    from mulian.core.search.index import stored  # noqa: PLC0415 -- as above

    return tuple(stored(text).split())


@cache
def _names(table: Any) -> list[str]:
    """The columns that are written; a key the database gives is not."""
    fields = table._meta.concrete_fields
    return [field.attname for field in fields if not field.get_internal_type().endswith("AutoField")]


def _case(each: Copy, chance: Random) -> Any:
    steps = [{"at": each.at.isoformat(timespec="seconds"), "state": each.state}]
    return _copied(
        each.model.case,
        id=each.id,
        number=each.number,
        text=each.words,
        state=each.state,
        urgent=each.urgent,
        received_at=each.at,
        reported_at=each.at,
        occurred_at=each.at,
        next_due=each.due,
        closed_at=None if each.open else each.at + timedelta(days=chance.uniform(0, 20)),
        steps=steps,
    )


def _rows(table: Any, each: Copy) -> Iterator[tuple[Any, ...]]:
    names, changes = _names(table), _changes(table.__name__, each)
    for values in each.model.rows[table]:
        yield tuple(changes[name] if name in changes else values[name] for name in names)


def _changes(table: str, each: Copy) -> dict[str, Any]:
    """What a copy's rows have of their own."""
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above

    running = each.due is not None
    return {
        "Receiver": {"case_id": each.id, "since": each.at},
        "Placement": {"subject_id": each.id, "valid_from": each.at},
        "Event": {
            "id": uuid7(each.at), "subject_id": each.id, "occurred_at": each.at, "recorded_at": each.at,
            "pos": FIRST_POSITION + each.n, "chain": "0" * 64,
        },
        "Promise": {
            "case_id": each.id, "start": each.at, "due": each.due or each.at, "next_at": each.due,
            "state": "running" if running else "met", "met_at": None if running else each.at,
        },
    }[table]  # fmt: skip


def _copied(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | changes)


def _settle(events: int) -> None:
    """As after years: the log goes on where the copies end; PostgreSQL knows how much there is of what."""
    from django.db import connection  # noqa: PLC0415 -- as above

    from mulian.core.events.models import Head  # noqa: PLC0415 -- as above

    Head.objects.filter(id=1).update(pos=events)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
