"""Pages of services and service lists: what they offer, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mulian.kernel.actor import Role
from mulian.kernel.ids import uuid7
from mulian.modules.cases.models import Case, ListedFamily, ServiceList, ServicePaper
from mulian.modules.cases.queries.services import offered
from mulian.modules.households.models import Household
from tests.modules.cases.web.conftest import SignIn
from tests.world import AT, COUNTY, Cast, World, add_person

pytestmark = pytest.mark.django_db(databases="__all__")
LABOUR = Cast("labour", Role.DEPARTMENT_OFFICER, COUNTY, "dept.labour")


@pytest.fixture
def labour(world: World, sign_in: SignIn) -> Client:
    world.people["labour"] = add_person(LABOUR, world.units, AT - timedelta(days=5))
    return sign_in("labour")


def number(world: World, name: str) -> str:
    return str(Household.unscoped.because("test").get(id=world.households[name]).number)


def test_a_service_is_opened_for_a_family_and_stands_under_way(world: World, sign_in: SignIn) -> None:
    client, id = sign_in("village_lead", "zh-hans"), uuid7(AT)
    sent = {"id": id, "household": world.households["near"], "ready": ["1"], "text": "老人的卡丢了"}
    for _ in range(2):
        assert client.post("/services/social_card/", sent).headers["Location"] == f"/cases/{id}/"
    assert list(ServicePaper.objects.order_by("place").values_list("state", flat=True)) == ["needed", "ready"]
    number = Case.unscoped.because("test").get(id=id).number
    assert number in client.get("/services/").content.decode()
    page = client.get(f"/cases/{id}/").content.decode()
    assert f"/cases/{id}/papers/" in page
    assert "社保卡" in page


def test_without_a_family_it_is_refused_and_the_words_stay(sign_in: SignIn) -> None:
    response = sign_in("village_lead").post(
        "/services/social_card/", {"id": uuid7(AT), "text": "老人的卡丢了"}
    )
    assert response.status_code == 422
    assert "老人的卡丢了" in response.content.decode()
    assert not Case.unscoped.because("test").exists()


def test_who_ends_a_service_with_papers_open_is_asked_why_and_can_say_it(
    world: World, sign_in: SignIn
) -> None:
    client, id = sign_in("township_officer"), uuid7(AT)
    client.post("/services/social_card/", {"id": id, "household": world.households["near"]})
    client.post(f"/cases/{id}/steps/take/")
    refused = client.post(f"/cases/{id}/steps/solve/", {"text": "家里不办了"})
    assert (refused.status_code, refused.context["form"]["text"].value()) == (422, "家里不办了")
    assert "Why it ends with steps or papers of the service open" in refused.content.decode()
    client.post(f"/cases/{id}/steps/solve/", {"text": "家里不办了", "reason": "家庭撤回申请"})
    assert Case.unscoped.because("test").get(id=id).state == "solved"
    assert "家庭撤回申请" in client.get(f"/cases/{id}/").content.decode()


@pytest.mark.parametrize("path", ["papers", "service-step"])
def test_what_no_page_sends_is_refused(world: World, sign_in: SignIn, path: str) -> None:
    client, id = sign_in("village_lead"), uuid7(AT)
    client.post("/services/social_card/", {"id": id, "household": world.households["near"]})
    response = client.post(f"/cases/{id}/{path}/", {"to": "burnt", "paper": "x", "step": "x"})
    assert (response.status_code, response.headers["X-Problem"]) == (422, "invalid")


def test_a_list_by_upload_is_read_as_the_office_wrote_it(world: World, labour: Client) -> None:
    id, rows = uuid7(AT), f"户号,姓名\n{number(world, 'near')},合成老人near\n"
    form = {"id": id, "purpose": "pension_unpaid", "area": COUNTY, "until": "2026-12-20", "text": "请提醒"}
    file = SimpleUploadedFile("名单.csv", rows.encode("gb18030"), "text/csv")
    response = labour.post("/services/lists/new/", {**form, "file": file})
    assert response.headers["Location"] == f"/services/lists/{id}/"
    assert ListedFamily.unscoped.because("test").get(list=id).household == world.households["near"]
    assert "合成老人near" in labour.get(f"/services/lists/{id}/").content.decode()
    assert labour.post(f"/services/lists/{id}/end/").status_code == 302
    gone = labour.get(f"/services/lists/{id}/")
    assert (gone.status_code, gone.headers["X-Problem"]) == (410, "cases.list_over")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": "重点人员"}, "重点人员"),
        ({"lines": "没有这一户"}, "没有这一户"),
        ({"until": "2027-09-01"}, "2027-09-01"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xff\xff\xff")}, "CSV"),
    ],
)
def test_what_may_not_be_a_list_is_said_beside_what_was_typed(
    world: World, labour: Client, said: dict[str, object], told: str
) -> None:
    form = {"id": uuid7(AT), "purpose": "pension_unpaid", "area": COUNTY, "until": "2026-12-20"}
    response = labour.post("/services/lists/new/", {**form, "lines": number(world, "near"), **said})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not ServiceList.unscoped.because("test").exists()


def test_everybody_reads_what_to_bring_in_their_language(world: World, client: Client) -> None:
    for language, key in (("bo", "bo"), ("zh-hans", "zh")):
        page = client.get("/public/services/", headers={"Accept-Language": language}).content.decode()
        assert [each.code for each in offered() if each.name[key] not in page] == []
        assert [name for each in offered() for name in each.papers if name[key] not in page] == []
