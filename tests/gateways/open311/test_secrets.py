"""A county full of marked secrets, and every answer of the gateway read byte by byte: none of them is in it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pytest
from django.urls import get_resolver

from mulian.kernel.actor import SYSTEM
from mulian.kernel.geo import Point, metres
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import feedback, reporting, steps
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case
from mulian.modules.households import actions as households
from mulian.modules.households.domain.camps import Season
from tests.gateways.open311.conftest import SECRET, Program, case_of
from tests.world import AT, GRID, VILLAGE, World

pytestmark = pytest.mark.django_db
HOME = Point(33.8712345, 100.0712345)
PREFIX = "open311/v2/"
MARK = "秘密标记"
"""Everything a person says or is called carries it."""


def report(world: World, by: str, **said: Any) -> Case:
    said.setdefault("text", f"路坏了 {MARK}词")
    return reporting.report(id=uuid7(AT), actor=world.actor(by), at=AT, **said)


@pytest.fixture
def secrets(program: Program, world: World) -> list[Case]:
    """Cases that touch families, complaints, callers, voices and homes, some of them lived through."""
    near = world.households["near"]
    households.open_camp(
        household=near,
        area=GRID,
        season=Season.SUMMER,
        name_zh=f"{MARK}窝子",
        name_bo="",
        point=HOME,
        actor=SYSTEM,
        at=AT,
    )
    home = Spot(lat=HOME.lat, lon=HOME.lon)
    beside = Spot(lat=HOME.lat + 0.004, lon=HOME.lon)
    voice = Voice(sha256=sha256(MARK.encode()).hexdigest(), seconds=5)
    made = [
        report(world, "liaison", household=near, place=home, topic="road.damaged"),
        report(world, "liaison", place=home, topic="road.damaged"),
        report(world, "liaison", voice=voice, household=near, place=home, topic="water.well"),
        report(world, "county_duty", place=beside, topic="town.light", on_behalf_of=f"{MARK}来电 000-9999"),
        report(world, "county_duty", place=home, topic="social.pension", household=None),
        report(world, "county_duty", place=home, topic="dispute.neighbour"),
        report(
            world, "county_duty", area=VILLAGE, topic="road.ice", about_person=world.people["village_lead"]
        ),
        report(
            world, "county_duty", area=VILLAGE, topic="road.ice", about_unit=world.units[f"village:{VILLAGE}"]
        ),
        report(world, "county_duty", area=VILLAGE, topic="voice.complaint"),
        report(world, "county_duty", area=VILLAGE, topic="disaster.person", urgent=True),
    ]
    for case in made[:4]:
        steps.take(case=case.id, actor=SYSTEM, at=AT)
        steps.start(case=case.id, actor=SYSTEM, at=AT, text=f"{MARK}开工")
        steps.solve(case=case.id, actor=SYSTEM, at=AT, text=f"{MARK}修好")
        steps.answer(case=case.id, actor=SYSTEM, at=AT, text=f"{MARK}答复")
    feedback.feedback(case=made[0].id, actor=world.actor("liaison"), at=AT, solved=True, text=f"{MARK}满意")
    return made


def answers(program: Program, cases: list[Case]) -> dict[str, bytes]:
    """address → bytes of every GET address of the gateway, in both formats and all languages, headers too."""
    numbers = [case.number for case in cases]
    paths = [
        "",
        "discovery",
        "services",
        "requests",
        "servicerequestupdates",
        f"requests?service_request_id={','.join(numbers)}",
    ]
    paths += [f"requests/{number}" for number in numbers] + [f"services/{case.topic}" for case in cases]
    paths += [
        "requests?status=open",
        "requests?status=closed",
        "requests?updated_after=2026-01-01",
        f"tokens/{numbers[0]}",
    ]
    found = {}
    for path in paths:
        for format in ("json", "xml"):
            for locale in ("zh", "bo", "en"):
                head, _, query = path.partition("?")
                address = f"{head}.{format}?locale={locale}&{query}" if head else f"?locale={locale}"
                answer = program.get(address)
                found[address] = answer.content + str(answer.headers).encode()
    return found


def test_every_kind_of_address_is_asked() -> None:
    """A new address of the gateway that this file does not read fails here."""
    inner = (each for entry in get_resolver().url_patterns for each in getattr(entry, "url_patterns", ()))
    ours = [str(each.pattern).removeprefix(PREFIX) for each in inner if str(each.pattern).startswith(PREFIX)]

    assert {re.split("[</]", path)[0] for path in ours} == {
        "", "discovery", "services", "requests", "servicerequestupdates", "tokens", "media",
    }  # fmt: skip


def test_nothing_anybody_said_or_is_called_stands_in_any_answer(
    program: Program, world: World, secrets: list[Case]
) -> None:
    forbidden = [MARK, "000-9999", "000-0000", "合成", SECRET]
    forbidden += [
        str(id) for id in (*world.people.values(), *world.households.values(), *world.devices.values())
    ]
    forbidden += [str(case.id) for case in secrets]

    found = answers(program, secrets)

    leaks = {
        (address, word) for address, body in found.items() for word in forbidden if word in body.decode()
    }
    assert leaks == set()
    assert len(found) > 150


def test_no_point_lies_near_the_home(program: Program, secrets: list[Case]) -> None:
    """Not the point itself, not rounded, not beside it: only the village's own."""
    found = program.json("requests")

    assert {each["service_request_id"] for each in found} == {case.number for case in secrets[:4]}
    distances = [metres(HOME, Point(each["lat"], each["long"])) for each in found if each["lat"] is not None]
    assert all(distance > 2000 for distance in distances)
    body = b"".join(answers(program, secrets).values()).decode()
    assert re.findall(r"33\.87\d|100\.07\d", body) == []


def test_complaints_and_what_follows_a_person_do_not_exist_for_the_public(
    program: Program, secrets: list[Case]
) -> None:
    hidden = secrets[4:]

    assert [program.get(f"requests/{case.number}.json").status_code for case in hidden] == [404] * 6
    found = program.json("requests", service_request_id=",".join(case.number for case in hidden))
    assert found == []


def test_who_hands_in_is_never_told_back_even_to_itself(program: Program) -> None:
    number = program.report(
        first_name=f"{MARK}名", last_name="x", email=f"{MARK}@example.org", phone="000-777", device_id="dev-777",
        account_id="acc-777", media_url="https://example.org/secret-777.jpg", description=f"{MARK}话",
        address_string=f"{MARK}处",
    )  # fmt: skip
    case = case_of(number)

    told = b"".join(
        program.get(f"{path}.{format}?api_key={SECRET}").content
        for path in ("requests", f"requests/{number}", "servicerequestupdates")
        for format in ("json", "xml")
    ).decode()

    assert [word for word in (MARK, "777", "secret-777") if word in told] == []
    assert "dev-777" not in str(case.__dict__)
    assert "acc-777" not in str(case.__dict__)


def test_a_guess_of_the_machine_is_not_published(program: Program, world: World) -> None:
    case = report(world, "county_duty", text="那个东西好像不太对", area=VILLAGE)
    Case.unscoped.because("a test guesses").filter(id=case.id).update(
        topic="road.ice", topic_confidence=0.3, topic_by="lexicon"
    )

    assert program.json("requests") == []
