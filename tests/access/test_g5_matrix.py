"""G5: the written table of who may open what is what really happens, at every address and for every role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction

from mulian.core import registry
from mulian.core.registry import resolve
from mulian.core.sync.envelope import Envelope
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from tests.access import answers, crawl
from tests.access.crawl import (
    ASKED,
    COUNTY_WIDE,
    EVERYONE,
    METHODS,
    NOBODY,
    NOWHERE,
    ON_POSTGRESQL,
    Row,
    ask,
    filled,
    sign_in,
    table,
    verdict,
)
from tests.access.setting import ANONYMOUS, Setting, forget
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
PLACED = [row for row in table() if row.subject and not row.everywhere]


def test_g5_every_address_has_a_row_and_every_row_an_address() -> None:
    """A new address needs a row in tests/access/matrix.toml: say who may open it before it exists."""
    assert {row.address for row in table()} == set(crawl.addresses())


def test_g5_every_kind_of_command_has_a_row() -> None:
    assert {row.address for row in crawl.commands()} == set(registry.commands())


@pytest.mark.parametrize("who", ASKED)
def test_g5_the_table_is_what_happens(made: Setting, who: str) -> None:
    found = {each.name: (each.row.expected(each.who), each.verdict) for each in answers.of(made, who).answers}

    assert {address: pair for address, pair in found.items() if pair[0] != pair[1]} == {}
    assert len(found) > 100


def test_g5_methods_without_a_row_are_refused(made: Setting) -> None:
    """What has no row answers 405 even to those who may open the address otherwise."""
    written = {(row.address, row.method) for row in table()}
    open_to = {row.address: sorted(row.open)[0] for row in table() if row.open}
    clients = {who: sign_in(who) for who in EVERYONE}
    rest = [(row, m) for row in table() for m in METHODS if (row.address, m) not in written and row.open]

    def asked(row: Row, method: str) -> str:
        who = open_to[row.address]
        return verdict(ask(clients[who], method, filled(row, made, who, "own", row.verbs[0])))

    assert {f"{m} {row.address}" for row, m in rest if asked(row, m) != "no_method"} == set()


def _out_of_reach(row: Row, made: Setting, who: str) -> Iterator[str]:
    """The row's address with an id that does not exist, and with one far away unless the role reaches there."""
    far = who not in (*COUNTY_WIDE, "outsider") or row.subject == "notice"
    known = far and (row.subject in made.foreign or row.subject == "notice")
    for verb in row.verbs:
        yield filled(row, made, who, "nowhere", verb)
        if known:
            yield filled(row, made, who, "foreign", verb)


FAR_ASKED = ("liaison", "township_officer", "department_officer") if ON_POSTGRESQL else EVERYONE[2:]
"""Whose duties are near: three kinds of scope on PostgreSQL, everyone else's on SQLite."""


@pytest.mark.parametrize("who", FAR_ASKED)
def test_g5_a_foreign_or_unknown_id_does_not_exist(made: Setting, who: str) -> None:
    """404, never 403, so that ids cannot be probed; the county's own roles reach the far village too."""
    client = sign_in(who)
    found = {}
    for row in PLACED:
        if row.expected(who) in ("open", "not_found"):
            for address in _out_of_reach(row, made, who):
                found[f"{row.method} {address}"] = verdict(ask(client, row.method, address, row.data))

    assert {address: got for address, got in found.items() if got != "not_found"} == {}
    assert found != {}


def test_g5_a_program_is_held_to_its_persons_duties(made: Setting) -> None:
    """The same answers with a key as with a session, on everything below /api/ and /files."""
    for who in [who for who in EVERYONE if who != ANONYMOUS]:
        client = sign_in(ANONYMOUS, "application/json")
        username = crawl.USERNAMES.get(who, who)
        key = {"Authorization": f"Bearer {made.world.api_token(username)}"}
        for row in table():
            if row.address.startswith(("api/", "files/")):
                address = filled(row, made, who, "own", row.verbs[0])
                assert verdict(ask(client, row.method, address, **key)) == row.expected(who), (who, address)


@pytest.mark.parametrize("who", ["liaison", "liaison_town"])
def test_g5_a_phone_reads_only_what_its_liaison_sees(made: Setting, who: str) -> None:
    phone = sign_in(ANONYMOUS, "application/json")
    token = {"Authorization": f"Device {made.world.token(who)}"}
    expected = {"own": "open" if who == "liaison" else "not_found", "foreign": "not_found"}

    for whose, wanted in expected.items():
        for door in ("/field/files/", "/files/"):
            assert verdict(ask(phone, "GET", door + getattr(made, whose)["file"], **token)) == wanted


BODIES: dict[str, dict[str, Any]] = {
    "cases.report": {"text": "羊圈塌了"},
    "cases.found": {"case": "case", "campaign": "campaign"},
    "cases.add": {"case": "case", "text": "还有一处"},
    "cases.feedback": {"case": "case", "solved": True},
    "cases.open_service": {"service": "identity", "household": "household"},
    "cases.mark_listed": {"row": "listed", "mark": "done"},
    "cases.move_paper": {"case": "service", "papers": [0], "to": "ready"},
    "cases.take_step": {"case": "service", "step": 0},
    "households.update": {"household": "household", "phone": "000-0001"},
    "households.move": {"household": "household", "to": None},
    "households.life": {"household": "household", "what": "came", "why": "birth", "name": "合成新生"},
    "households.check": {"institution": "institution", "code": "fire", "sound": True},
    "households.paper": {"household": "household", "code": "grassland"},
    "households.camp": {"household": "household", "lat": 33.9, "lon": 99.9, "season": "winter"},
    "tasks.answer": {"task": "task"},
    "visits.record": {"household": "household"},
    "forms.submit": {
        "form": "small", "version": "1", "answers": {"rooms": 3}, "subject": {"kind": "household", "id": "household"}
    },
}  # fmt: skip


def _meant(value: Any, ids: dict[str, str]) -> Any:
    """The id of the thing a body names, also where it stands one deeper."""
    if isinstance(value, dict) and "id" in value:
        return {**value, "id": ids.get(value["id"], value["id"])}
    return ids.get(value, value) if isinstance(value, str) else value


def _sent(made: Setting, kind: str, who: str, ids: dict[str, str], at: datetime = AT) -> str:
    """What becomes of a command this person's phone sends: the table's words."""
    registered = registry.commands()[kind]
    body = {key: _meant(value, ids) for key, value in BODIES[kind].items()}
    actor = made.world.actor(crawl.USERNAMES.get(who, who))
    envelope = Envelope(id=uuid7(at), seq=1, actor=actor, device=NOWHERE, at=at, received_at=at)
    decoded = msgspec.json.decode(json.dumps(body).encode(), type=resolve(registered.body))
    try:
        with transaction.atomic():
            resolve(registered.handler)(decoded, envelope=envelope, now=at)
            transaction.set_rollback(True)
    except Problem as problem:
        return problem.code if problem.code in ("forbidden", "not_found") else "open"
    return "open"


@pytest.mark.parametrize("row", crawl.commands(), ids=lambda row: row.address)
def test_g5_commands_from_phones_are_held_to_the_same_duties(made: Setting, row: Row) -> None:
    """What is out of reach and what does not exist are answered alike."""
    kinds = ("campaign", "case", "household", "institution", "listed", "service", "task")
    nowhere = {kind: str(NOWHERE) for kind in kinds}
    for who in EVERYONE[1:]:
        near, far, none = (_sent(made, row.address, who, ids) for ids in (made.own, made.foreign, nowhere))
        wanted, reaches_far = row.expected(who), who in (*COUNTY_WIDE, "outsider")
        if not row.subject:
            assert near == wanted, who
            continue
        # Refused what one may see is `forbidden`; what one may not see does not exist.
        assert near == wanted or (wanted, near) == ("forbidden", "not_found"), who
        assert reaches_far or far == none, who
        assert none in ("forbidden", "not_found"), who
    forget()


@pytest.mark.parametrize("who", EVERYONE[1:])
def test_g5_a_pull_holds_nothing_from_elsewhere(made: Setting, who: str) -> None:
    actor = made.world.actor(crawl.USERNAMES.get(who, who))
    far = {UUID(made.foreign[kind]) for kind in ("case", "spoken", "household", "task")}
    near = {UUID(made.own[kind]) for kind in ("case", "spoken", "household", "task")}
    strange = near if who == "outsider" else near | far if who == NOBODY else far

    for syncable in registry.syncables():
        assert strange & set(resolve(syncable.visible)(actor, AT)) == set()
        assert strange & set(resolve(syncable.render)(sorted(near | far), actor, AT)) == set()
