"""No list of cases is filtered, searched or sorted by who reported, or whose family it is: nobody is listed."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from mulian.core.access.models import Person
from mulian.modules.cases.actions import feedback, steps
from mulian.modules.households.models import Household
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.test_api import Api
from tests.modules.cases.web.conftest import SignIn, sign_in  # noqa: F401 -- a fixture

KEYS = (
    "reporter", "reported_by", "reporter_id", "by", "person", "user", "household", "family", "on_behalf_of",
)  # fmt: skip
ORDERS = ("sort", "order", "ordering", "order_by", "o")
CASE = re.compile(r"/cases/([0-9a-f-]{36})/")


@pytest.fixture
def cases(line: Line) -> list[UUID]:
    """Three of one liaison, one of them vetoed by its family, and one of another."""
    made = [line.report("liaison", later(seconds=n), household="near") for n in range(3)]
    made.append(line.report("liaison2", later(seconds=9)))
    line.act(steps.take, made[0], "village_deputy", later(minutes=1))
    line.act(steps.solve, made[0], "village_deputy", later(minutes=2), text="桥修好了")
    line.act(feedback.feedback, made[0], "liaison", later(minutes=3), solved=False)
    return [case.id for case in made]


def asked(line: Line) -> list[str]:
    """Every way an address could name the busiest reporter, or the order of reporters."""
    who = str(line.world.people["liaison"])
    family = str(line.world.households["near"])
    named = [f"{key}={value}" for key in KEYS for value in (who, family, "liaison")]
    sorted_by = [
        f"{key}={sign}{by}"
        for key in ORDERS
        for by in ("reporter", "count", "disputes")
        for sign in ("", "-")
    ]
    return [*named, *sorted_by]


def test_no_address_of_a_list_knows_a_reporter(line: Line, cases: list[UUID], sign_in: SignIn) -> None:  # noqa: F811
    api, desk = Api("county_duty"), sign_in("county_duty")
    plain = [each["id"] for each in api.get("/cases")[1]["items"]]
    inbox = CASE.findall(desk.get("/inbox/?whose=all").content.decode())
    assert sorted(map(str, cases)) == sorted(plain) == sorted(set(inbox))
    everything = "&".join(asked(line))
    assert [each["id"] for each in api.get(f"/cases?{everything}")[1]["items"]] == plain
    assert CASE.findall(desk.get(f"/inbox/?whose=all&{everything}").content.decode()) == inbox


def test_words_find_no_case_by_the_name_of_a_person_or_family(line: Line, cases: list[UUID]) -> None:
    reporter = Person.objects.get(id=line.world.people["liaison"])
    family = Household.unscoped.because("test").get(id=line.world.households["near"])
    assert len(cases) == 4
    for name in (
        reporter.name,
        reporter.username,
        str(reporter.id),
        family.name,
        family.name_bo,
        family.number,
    ):
        if name:
            assert Api("county_duty").get(f"/cases?q={name}")[1]["items"] == []
