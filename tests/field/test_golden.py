"""Every released version of every command is understood for ever, byte for byte, open and sealed (DESIGN §3).

golden/<kind>.v<version>.<open or sealed>.json is one command exactly as a phone of that release kept it in its
outbox. A released file never changes: SHA256SUMS holds its hash, and a new version brings new files. A version that
gained an optional part has a second file, named after it: <kind>.v<version>+<part>.<open or sealed>.json.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access import actions as access
from mulian.core.registry import CommandKind, Module, also, commands
from mulian.kernel.actor import SYSTEM, Role
from mulian.modules.cases.actions import campaigns
from mulian.modules.cases.models import ListedFamily, ServiceList
from mulian.modules.forms.actions.publishing import publish
from mulian.modules.forms.actions.sources import Source
from mulian.modules.households.actions.institutions import Premises, register_institution
from mulian.modules.tasks.actions import issuing
from mulian.modules.tasks.domain.asking import Asks
from tests.core.sync import phones
from tests.core.sync.phones import Phone, texts, work
from tests.field.conftest import DEVICE, GOLDEN
from tests.world import AT, COUNTY, VILLAGE, World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
FIRST = ("cases.report", "cases.open_service")
"""What the others build on goes first, as it did on the phone; `after` would park them otherwise."""
TASK = UUID("0199b000-0000-7000-8000-000000000001")
CAMPAIGN = UUID("0199b000-0000-7000-8000-000000000003")
FORM = """\
| survey |
| | type | name | label::中文 (zh) | label::བོད་ཡིག (bo) | fact |
| | integer | rooms | 房间数 | ཁང་མིག | dwelling.rooms |
| | audio | voice | 录音 | སྒྲ | |
| settings |
| | form_id | version | form_title | title_zh | title_bo | title_en | default_language | about |
| | golden | 1 | 合成 | 合成 | བཟོས་པ | Golden | 中文 (zh) | household |
"""
SCHOOL = UUID("0199d000-0000-7000-8000-000000000001")
LISTED = UUID("0199c000-0000-7000-8000-000000000001")


def files(form: str) -> dict[str, bytes]:
    """name → bytes of the corpus in one form, in the order a phone sends."""
    found = {path.name: path.read_bytes() for path in sorted(GOLDEN.glob(f"*.{form}.json"))}
    return dict(sorted(found.items(), key=lambda item: (not item[0].startswith(FIRST), item[0])))


def request(wires: list[bytes]) -> bytes:
    return b'{"v":1,"epoch":null,"cursor":null,"commands":[' + b",".join(wires) + b'],"max":0}'


def verdicts(phone: Phone, wires: list[bytes]) -> dict[str, tuple[str, str]]:
    response = phone.post(request(wires))
    assert response.status_code == 200, response.content
    return {each["id"]: (each["verdict"], each.get("code", "")) for each in response.json()["receipts"]}


@pytest.fixture
def task(world: World) -> None:
    """The task that the golden answers answer, and the family on a list that they mark."""
    issuing.issue(
        id=TASK,
        title="合成任务",
        area=VILLAGE,
        due=AT.replace(day=30),
        asks=Asks.DONE,
        actor=world.actor("village_lead"),
        at=AT,
    )
    office = {"unit_id": world.units["dept.labour"], "made_by_id": world.people["transport"]}
    kept = ServiceList.unscoped.create(
        id=LISTED, purpose="pension_unpaid", area_id=VILLAGE, made_at=AT, until=AT.replace(day=30), **office
    )
    ListedFamily(id=LISTED, list=kept, household=world.households["near"]).save()
    _campaign(world)
    # Whoever made the corpus is a liaison and, for the check of a school, the village's lead too.
    access.open_posting(
        person=world.people["liaison"],
        role=Role.VILLAGE_LEAD,
        area=VILLAGE,
        actor=SYSTEM,
        at=AT - timedelta(days=1),
    )
    register_institution(
        id=SCHOOL,
        kind="school",
        area=VILLAGE,
        premises=Premises(name_zh="合成小学"),
        actor=world.actor("village_lead"),
        at=AT,
    )
    publish(source=Source("golden.md", FORM.encode()), actor=world.actor("administrator"), at=AT)


def _campaign(world: World) -> None:
    """The campaign whose bank a golden command fills."""
    campaigns.begin(
        id=CAMPAIGN,
        name="合成排查",
        area=COUNTY,
        classes=["road", "water"],
        lookers=["liaison"],
        starts_on=AT.date(),
        ends_on=(AT + timedelta(days=20)).date(),
        leader=world.people["leader"],
        actor=world.actor("county_duty"),
        at=AT,
    )


def test_no_file_of_the_corpus_was_touched() -> None:
    lines = (line.split("  ") for line in (GOLDEN / "SHA256SUMS").read_text().splitlines())
    sums = {name: digest for digest, name in lines}
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in GOLDEN.glob("*.json")} == sums


def test_every_released_version_of_every_kind_is_in_the_corpus() -> None:
    wanted = {
        f"{kind.kind}.v{version}.{form}.json"
        for kind in commands().values()
        for version in kind.versions
        for form in ("open", "sealed")
    }
    held = {re.sub(r"\+[a-z]+", "", path.name) for path in GOLDEN.glob("*.json")}
    whole = {path.name for path in GOLDEN.glob("*.json") if "+" not in path.name}
    missing, gone = sorted(wanted - whole), sorted(held - wanted)
    assert not missing, (
        f"no example in the corpus of {', '.join(missing)}: phones with this release in their outbox must be "
        "understood for ever. Write one: .venv/bin/python tools/golden.py KIND BODY (docs/how-to/updates.md)"
    )
    assert not gone, f"phones still hold {', '.join(gone)}: a released kind or version is never taken away"


def test_every_earlier_version_has_its_step_up() -> None:
    for kind in commands().values():
        assert set(kind.upcasts) == set(kind.versions[:-1]), kind.kind


@pytest.mark.parametrize("form", ["open", "sealed"])
def test_the_whole_corpus_is_applied_today(phone: Phone, task: None, form: str) -> None:
    corpus = files(form)
    verdicts(phone, list(corpus.values()))
    work(AT)
    ids = {json.loads(raw)["id"]: name for name, raw in corpus.items()}
    told = {ids[id]: said for id, said in verdicts(phone, list(corpus.values())).items()}
    assert told == dict.fromkeys(corpus, ("applied", ""))


def test_sealed_ones_come_by_another_phone_too_and_by_both_roads_once(
    phone: Phone, world: World, task: None
) -> None:
    carrier = Phone(world.people["liaison2"], world.token("liaison2"), world.devices["liaison2"])
    wires = list(files("sealed").values())
    verdicts(carrier, wires)
    work(AT)
    assert set(verdicts(phone, wires).values()) == {("applied", "")}
    assert set(verdicts(carrier, wires).values()) == {("applied", "")}
    assert all(json.loads(raw)["from"] == str(DEVICE) for raw in wires)


def said_to_text(body: dict[str, Any]) -> dict[str, Any]:
    """From version 1, where the text was called `said`."""
    return {"text": body.pop("said"), **body}


def with_fault(body: dict[str, Any]) -> dict[str, Any]:
    """From version 2, which knew no fault."""
    return {**body, "fault": ""}


HERE = "tests.field.test_golden"
GREW = CommandKind(
    "tests.note",
    f"{phones.HERE}.note",
    f"{phones.HERE}.Note",
    versions=(1, 2, 3),
    upcasts={1: f"{HERE}.said_to_text", 2: f"{HERE}.with_fault"},
)


def test_old_shapes_climb_step_by_step_and_a_false_claim_is_refused(phone: Phone) -> None:
    with also(Module(name="tests", title="Tests", commands=(GREW,))):
        old = phone.command(v=1, body={"said": "first"})
        middle = phone.command(v=2, body={"text": "second"})
        new = phone.command("third", v=3)
        liar = phone.command(v=1, body={"words": "not of version 1"})
        unknown = phone.command("from the future", v=4)
        phone.sync(old, middle, new, liar, unknown)
        work(AT)
        told = [
            (r["verdict"], r.get("code", "")) for r in phone.sync(old, middle, new, liar, unknown)["receipts"]
        ]
    assert texts() == ["first", "second", "third"]
    assert told == [("applied", "")] * 3 + [("refused", "sync.bad_body"), ("refused", "sync.unknown_kind")]
