"""G5: a complaint about a person does not exist for that person, wherever they look."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mulian.core import registry
from mulian.core.events import feeds, stamper
from mulian.core.events.models import FeedKey
from mulian.core.files import queries as files
from mulian.core.notify.models import Notice
from mulian.core.registry import resolve
from mulian.kernel.problems import Problem
from mulian.modules.cases import public
from mulian.modules.cases.actions import steps
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries import detail, lists
from tests.access.crawl import NOWHERE, Row, ask, sign_in, table, verdict
from tests.access.setting import Setting, put_file, report
from tests.world import AT, VILLAGE

pytestmark = pytest.mark.django_db(databases="__all__")
SECRET = "不公道"
SAID = f"村里分饲草{SECRET}"
ACCUSED = ("village_lead", "county_duty")


@pytest.fixture(params=ACCUSED)
def accused(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def complaint(made: Setting, accused: str) -> Case:
    """Told by a family of the accused's own village, with a voice beside it."""
    near = made.world.households["near"]
    case = report(made.world, "liaison", text=SAID, household=near, about_person=made.world.people[accused])
    case_file = put_file(case.id, b"the voice of a complaint")
    assert files.may_read(made.world.actor("liaison"), case_file, AT)
    while stamper.stamp(AT):
        pass
    return case


def _page(client: Client, address: str, **headers: str) -> str:
    answer = ask(client, "GET", address, **headers)
    assert answer.status_code in (200, 204), (address, answer.status_code)
    return str(answer.content.decode())


def test_g5_a_complaint_reaches_somebody_else(made: Setting, complaint: Case, accused: str) -> None:
    """Before anything else: it was not simply lost."""
    other = {"village_lead": "township_officer", "county_duty": "leader"}[accused]

    assert detail.visible_case(complaint.id, made.world.actor(other), AT) is not None
    assert detail.visible_case(complaint.id, made.world.actor("liaison"), AT) is not None
    assert complaint.responsible_person_id not in (None, made.world.people[accused])


def test_g5_a_complaint_is_in_no_list_search_count_or_page(
    made: Setting, complaint: Case, accused: str
) -> None:
    client = sign_in(accused)
    actor = made.world.actor(accused)
    shown = str(complaint.id), complaint.number, SECRET
    pages = ["/inbox/", f"/inbox/?q={SECRET}", f"/inbox/?q={complaint.number}", "/notices/"]
    pages += [] if accused == "village_lead" else ["/duty/", "/listen/"]
    pages += [f"/households/{made.world.households['near']}/", f"/areas/{VILLAGE}/", "/people/"]

    for address in pages:
        page = _page(client, address)
        # The field of a search shows again what was typed into it.
        typed = address.partition("?q=")[2]
        assert [word for word in shown if word in page and word != typed] == [], address
    everything = {case.id for case in lists.newest(actor, AT, lists.ALL, limit=200).items}
    assert complaint.id not in everything
    assert lists.count(actor, AT, lists.ALL) == len(everything)
    assert lists.count(actor, AT, lists.Filter(text=SECRET, open_only=False)) == 0


def test_g5_a_complaint_is_not_in_the_api(made: Setting, complaint: Case, accused: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {made.world.api_token(accused)}"})

    for query in ("", f"?q={SECRET}", f"?q={complaint.number}", f"?area={VILLAGE}", "?state=reported"):
        assert str(complaint.id) not in {
            item["id"] for item in client.get(f"/api/v1/cases{query}").json()["items"]
        }
    assert client.get(f"/api/v1/cases/{complaint.id}").status_code == 404


def test_g5_a_complaint_answers_404_at_every_address_and_step(
    made: Setting, complaint: Case, accused: str
) -> None:
    """The same answer, byte for byte, as for an id that never was."""
    client = sign_in(accused)
    for row in table():
        if row.subject != "case" or row.expected(accused) != "open":
            continue
        for verb in row.verbs:
            near, none = (_answer(client, row, id, verb) for id in (str(complaint.id), str(NOWHERE)))
            assert near == none, row
            assert near[0] == "not_found", row


def _answer(client: Client, row: Row, id: str, verb: str) -> tuple[str, str]:
    """What happened and the page, without what differs between any two answers."""
    address = re.sub(r"<(?:slug:)?verb>", verb, re.sub(r"<(?:uuid:)?id>", id, row.address))
    answer = ask(client, row.method, f"/{address}", row.data)
    page = answer.content.decode().replace(id, "")
    return verdict(answer), re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken)[^>]+', "", page)


def test_g5_the_media_of_a_complaint_are_closed(made: Setting, complaint: Case, accused: str) -> None:
    name = files.attached(subject_kind="case", subject_id=complaint.id)[0].sha256

    assert verdict(ask(sign_in(accused), "GET", f"/files/{name}")) == "not_found"
    assert not files.may_read(made.world.actor(accused), name, AT)


def test_g5_nobody_accused_is_told_of_it(made: Setting, complaint: Case, accused: str) -> None:
    told = Notice.objects.filter(subject_id=complaint.id, person=made.world.people[accused])

    assert not told.exists()


def test_g5_no_phone_of_the_accused_hears_of_it(made: Setting, complaint: Case, accused: str) -> None:
    actor = made.world.actor(accused)
    for syncable in registry.syncables():
        assert complaint.id not in resolve(syncable.visible)(actor, AT)
        assert resolve(syncable.render)([complaint.id], actor, AT) == {}
    mine = [feeds.of_person(actor.person), *(feeds.of_area(code) for code in actor.areas)]
    assert not FeedKey.objects.filter(subject_id=complaint.id, key__in=mine).exists()


def test_g5_other_modules_get_no_complaint_for_the_accused(
    made: Setting, complaint: Case, accused: str
) -> None:
    actor = made.world.actor(accused)
    near = made.world.households["near"]
    before = public.open_in(VILLAGE, made.world.actor("leader"), AT) if accused != "county_duty" else None

    assert complaint.id not in {brief.id for brief in public.of_household(near, actor, AT)}
    assert before is None or public.open_in(VILLAGE, actor, AT) < before


def test_g5_a_step_by_the_accused_is_refused_as_unknown(made: Setting, complaint: Case, accused: str) -> None:
    with pytest.raises(Problem) as refused:
        steps.take(case=complaint.id, actor=made.world.actor(accused), at=AT)

    assert refused.value.code == "not_found"


def test_g5_a_department_complained_about_sees_nothing_either(made: Setting) -> None:
    """A complaint about an office hides from all its people, not only from its head."""
    world = made.world
    case = report(world, "liaison", text=SAID, about_unit=world.units[f"village:{VILLAGE}"])

    for username in ("village_lead", "village_deputy"):
        assert detail.visible_case(case.id, world.actor(username), AT) is None
    assert detail.visible_case(case.id, world.actor("township_officer"), AT) is not None
