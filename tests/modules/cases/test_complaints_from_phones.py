"""A complaint sent by a phone: whoever it is about never receives it, nor learns that it exists."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

import msgspec
import pytest

from mulian.core.events.models import FeedKey
from mulian.modules.cases.models import Case, Receiver
from mulian.modules.cases.queries import detail
from mulian.modules.cases.web.showing import intake
from tests.modules.cases.conftest import Line, later
from tests.world import AT, VILLAGE
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")
SAID = "分饲草不公道"
OFFICE = f"village:{VILLAGE}"


def seen_by(line: Line, case: UUID, *usernames: str) -> list[str]:
    return [name for name in usernames if detail.visible_case(case, line.world.actor(name), AT)]


def pulled(phone: Phone, at: datetime = AT) -> str:
    return "".join(str(msgspec.to_builtins(change)) for change in phone.pull(at))


def test_the_accused_phone_never_learns_the_id(line: Line) -> None:
    """Neither a phone that follows the news nor one that starts anew."""
    accused, reporter = Phone(line.world, "liaison"), Phone(line.world, "liaison2")
    for phone in (accused, reporter):
        phone.pull()
    about = str(line.world.people["liaison"])
    row = reporter.send("cases.report", {"text": SAID, "about_person": about})
    assert row.state == "applied"
    secrets = (str(row.id), row.refs["number"], SAID)
    for phone in (accused, Phone(line.world, "liaison")):
        news = pulled(phone)
        assert [word for word in secrets if word in news] == []
    assert str(row.id) in pulled(reporter)
    person = FeedKey.objects.filter(subject_id=row.id).values_list("key", flat=True)
    assert [key for key in person if str(line.world.people["liaison"]) in key] == []
    assert seen_by(line, row.id, "liaison", "liaison2", "village_lead") == ["liaison2", "village_lead"]


def test_a_village_lead_complained_about_is_passed_over(line: Line) -> None:
    """And what the household's other liaison adds later reaches the lead no more than the report did."""
    phone = Phone(line.world, "liaison")
    body = {"text": SAID, "about_person": str(line.world.people["village_lead"])}
    row = phone.send("cases.report", body | {"household": str(line.world.households["near"])})
    phone.send("cases.add", {"case": str(row.id), "text": "还有一次"}, at=later(minutes=1))
    told = Receiver.objects.filter(case=row.id).values_list("person__username", flat=True)
    assert "village_lead" not in told
    assert seen_by(line, row.id, "village_lead", "township_officer") == ["township_officer"]


@pytest.mark.parametrize("written", [OFFICE, "id", "ID"])
def test_an_office_is_named_by_code_or_id(line: Line, written: str) -> None:
    id = str(line.world.units[OFFICE])
    about = {"id": id, "ID": id.upper()}.get(written, written)
    row = Phone(line.world, "liaison").send("cases.report", {"text": SAID, "about_unit": about})
    assert Case.unscoped.because("test").get(id=row.id).about_unit_id == line.world.units[OFFICE]
    assert seen_by(line, row.id, "village_lead", "village_deputy", "township_officer") == ["township_officer"]


@pytest.mark.parametrize("about", [{"about_unit": "village:0"}, {"about_person": str(UUID(int=7))}])
def test_a_complaint_about_nobody_known_is_kept_and_goes_to_nobody(line: Line, about: dict[str, str]) -> None:
    row = Phone(line.world, "liaison").send("cases.report", {"text": SAID} | about)
    assert (row.state, row.code) == ("refused", "not_found")
    assert not Case.unscoped.because("test").filter(id=row.id).exists()


@pytest.mark.parametrize("about", ["person", "PERSON", "unit"])
def test_a_refused_complaint_is_not_shown_to_whom_it_is_about(line: Line, about: str) -> None:
    accused = str(line.world.people["county_duty"])
    body = {
        "person": {"about_person": accused},
        "PERSON": {"about_person": accused.upper()},
        "unit": {"about_unit": "county_centre"},
    }[about]
    row = Phone(line.world, "liaison").send("cases.report", {"photos": 7} | body)
    assert row.state == "refused"

    def listed(username: str) -> bool:
        found = intake.refused(line.world.actor(username), AT, raw=True)
        one = intake.one_refused(row.id, line.world.actor(username), AT)
        assert (one is not None) is (row.id in {each.id for each in found})
        return one is not None

    assert not listed("county_duty")
    assert listed("leader")
    assert listed("county_duty2") is (about != "unit")


def test_what_cannot_be_read_names_nobody() -> None:
    inside = {"id": "x", "body": ["about_person"]}
    for raw in (b"", b"{", json.dumps(inside).encode(), b'{"id":"x","body":{"about_person":7}}'):
        assert intake.complained_about(raw) == set()
