"""What an administrator does with people, duties, phones and places, through the screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mulian.core.access import actions, devices
from mulian.core.access.models import Device, DutyShift, Leave, Person, Posting
from mulian.core.areas.models import Area
from mulian.kernel.actor import SYSTEM, Role
from tests.world import AT, COUNTY, GRID, PASSWORD, VILLAGE, World

Browser = Callable[..., Client]
NEW = {"name": "新人", "username": "new.person", "phone": "", "language": "bo"}


def secret_of(page: str) -> str:
    return re.findall(r'class="secret" lang="en">([a-z0-9-]+)<', page)[0]


def test_a_new_person_signs_in_once_and_must_choose_an_own_password(browser: Browser) -> None:
    page = browser("administrator").post(reverse("new_person"), NEW).content.decode()
    client = Client(headers={"Accept": "text/html"})

    signed_in = client.post(reverse("account_login"), {"login": NEW["username"], "password": secret_of(page)})
    led = client.get("/about/")
    changed = client.post(
        reverse("account_change_password"),
        {
            "oldpassword": secret_of(page),
            "password1": "quiet-lake-42-hill",
            "password2": "quiet-lake-42-hill",
        },
    )

    assert signed_in.status_code == 302
    assert led.headers["Location"] == reverse("account_change_password")
    assert changed.status_code == 302
    assert client.get("/about/").status_code == 200
    assert Person.objects.get(username=NEW["username"]).must_change_password is False


def test_a_taken_user_name_is_said_at_the_field(browser: Browser) -> None:
    answer = browser("administrator", "en").post(reverse("new_person"), {**NEW, "username": "liaison"})

    assert answer.status_code == 422
    assert "This user name is taken." in answer.content.decode()


def test_a_reset_password_is_shown_once_and_replaces_the_old(browser: Browser, world: World) -> None:
    answer = browser("administrator").post(reverse("reset_password", args=[world.people["liaison"]]))

    person = Person.objects.get(username="liaison")
    assert person.check_password(secret_of(answer.content.decode()))
    assert not person.check_password(PASSWORD)
    assert "no-store" in answer.headers["Cache-Control"]


def test_switching_a_login_off_ends_its_session(browser: Browser, world: World) -> None:
    gone = browser("village_lead")
    assert gone.get(reverse("people")).status_code == 200

    browser("administrator").post(
        reverse("switch_person", args=[world.people["village_lead"]]), {"active": "no"}
    )

    assert gone.get(reverse("people")).status_code == 302


def test_nobody_switches_off_themselves(browser: Browser, world: World) -> None:
    answer = browser("administrator").post(
        reverse("switch_person", args=[world.people["administrator"]]), {"active": "no"}
    )

    assert answer.status_code == 409
    assert Person.objects.get(username="administrator").is_active


def test_a_duty_opened_and_closed_bites_at_the_next_request(browser: Browser, world: World) -> None:
    admin, outsider = browser("administrator"), browser("outsider")
    target = reverse("person", args=[world.people["liaison"]])
    assert outsider.get(target).status_code == 404

    form = {
        "role": "village_lead",
        "area": f"{VILLAGE} 恰曲纳合村",
        "unit": world.units[f"village:{VILLAGE}"],
    }
    opened = admin.post(reverse("open_posting", args=[world.people["outsider"]]), form)
    seen = outsider.get(target).status_code
    posting = Posting.objects.get(person=world.people["outsider"], area=VILLAGE)
    admin.post(reverse("close_posting", args=[posting.id]))

    assert (opened.status_code, seen, outsider.get(target).status_code) == (302, 200, 404)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"role": "leader", "area": "999"}, "There is no such place."),
        ({"role": "department_officer", "area": COUNTY}, "This duty needs a unit."),
        (
            {
                "role": "leader",
                "area": COUNTY,
                "valid_from": "2026-12-02T08:00",
                "valid_to": "2026-12-01T08:00",
            },
            "The end must come after the beginning.",
        ),
    ],
)
def test_a_wrong_duty_is_said_in_the_form(
    browser: Browser, world: World, form: dict[str, str], said: str
) -> None:
    answer = browser("administrator", "en").post(reverse("open_posting", args=[world.people["leader"]]), form)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_leave_names_a_deputy(browser: Browser, world: World) -> None:
    posting = Posting.objects.get(person=world.people["village_lead"])

    answer = browser("administrator").post(
        reverse("leave", args=[posting.id]),
        {"starts": "2026-11-23T08:00", "ends": "2026-11-25T08:00", "deputy": "village_deputy"},
    )

    assert answer.status_code == 302
    assert Leave.objects.get(posting=posting).deputy_id == world.people["village_deputy"]


def test_a_shift_is_added_and_removed(browser: Browser, world: World) -> None:
    client = browser("county_duty")
    form = {
        "unit": world.units["county_centre"],
        "username": "county_duty2",
        "kind": "listening",
        "language": "bo",
        "starts": "2026-11-24T08:00",
        "ends": "2026-11-24T18:00",
    }

    client.post(reverse("rota"), form)
    shift = DutyShift.objects.get(starts__gt=AT)
    client.post(reverse("remove_shift", args=[shift.id]))

    assert (shift.person_id, shift.language) == (world.people["county_duty2"], "bo")
    assert not DutyShift.objects.filter(id=shift.id).exists()


def test_enrolling_shows_a_code_that_works_once(browser: Browser, world: World) -> None:
    page = browser("village_lead").post(
        reverse("enrol", args=[world.people["liaison"]]), {"label": "Redmi"}
    ).content.decode()  # fmt: skip
    digits = re.findall(r'class="digits num" lang="en">(\d{3} \d{3})<', page)[0].replace(" ", "")

    device = devices.enrol(code=digits, at=AT + timedelta(minutes=1)).device

    assert "<svg" in page
    assert "style=" not in page
    assert (device.person_id, device.label) == (world.people["liaison"], "Redmi")


def test_another_villages_phone_cannot_be_revoked(browser: Browser, world: World) -> None:
    phone = Device.objects.get(id=world.devices["liaison"])

    foreign = browser("outsider").post(reverse("revoke_device", args=[phone.id]))
    own = browser("village_lead").post(reverse("revoke_device", args=[phone.id]))

    phone.refresh_from_db()
    assert (foreign.status_code, own.status_code) == (404, 302)
    assert phone.revoked_at == AT


def test_the_list_of_people_tells_a_grid_area_with_its_village(browser: Browser, world: World) -> None:
    """Every village has an area 1: alone its name says nothing."""
    village = Area.objects.get(code=VILLAGE).name_zh
    grid = Area.objects.get(code=GRID).name_zh

    page = browser("administrator", "zh-hans").get(reverse("people")).content.decode()

    assert f"{village} · {grid}" in page


def test_the_list_of_phones_is_the_villages_own(browser: Browser, world: World) -> None:
    page = browser("village_lead").get(reverse("devices")).content.decode()

    linked = set(re.findall(r'<th scope="row"><a href="/people/([0-9a-f-]+)/"', page))
    assert linked == {str(world.people["liaison"]), str(world.people["liaison2"])}


def test_an_administrator_enters_the_tibetan_name(browser: Browser) -> None:
    client = browser("administrator", "bo")

    client.post(reverse("area", args=[VILLAGE]), {"name_bo": "ཆབ་ནག", "name_en": ""})

    assert Area.objects.get(code=VILLAGE).name_bo == "ཆབ་ནག"
    assert '<span lang="bo">ཆབ་ནག</span></h1>' in client.get(reverse("area", args=[VILLAGE])).content.decode()


def test_others_cannot_rename_places(browser: Browser) -> None:
    answer = browser("township_officer").post(
        reverse("area", args=[VILLAGE]), {"name_bo": "x", "name_en": ""}
    )

    assert answer.status_code == 403


def add_liaisons(count: int) -> None:
    for i in range(count):
        person = actions.create_person(username=f"more{i}", name=f"合成{i}", actor=SYSTEM, at=AT)
        actions.open_posting(person=person.id, role=Role.LIAISON, area=VILLAGE, actor=SYSTEM, at=AT)
        devices.add_device(person=person, token=f"more{i}", at=AT)


@pytest.mark.parametrize("name", ["people", "devices"])
def test_lists_cost_the_same_queries_however_long(browser: Browser, world: World, name: str) -> None:
    client = browser("administrator")
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(name))
    add_liaisons(3)
    client.get(reverse(name))

    with CaptureQueriesContext(connection) as more:
        client.get(reverse(name))

    assert len(more) == len(few)
