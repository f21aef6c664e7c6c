"""POST requests: an ordinary case, once, from whoever holds a key; everything wrong is told at once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from mulian.core.access.models import Person
from mulian.gateways.open311.actions import keys
from mulian.gateways.open311.actions.requesting import take_waiting
from mulian.gateways.open311.models import Incoming, Key
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.models import Case, Promise, Receiver
from tests.gateways.open311.conftest import BRIDGE, SECRET, Program, case_of
from tests.world import AT, VILLAGE

pytestmark = pytest.mark.django_db


def _codes(answer: Any) -> tuple[int, list[int]]:
    found = json.loads(answer.content)
    assert [sorted(each) for each in found] == [["code", "description"]] * len(found)
    assert all(each["description"].strip() for each in found)
    return answer.status_code, [each["code"] for each in found]


def _cases() -> int:
    return Case.unscoped.because("a test counts").count()


def test_a_request_is_an_ordinary_case_routed_and_clocked(program: Program) -> None:
    number = program.report(first_name="合成", last_name="桑杰", phone="000-1234", email="s@example.org")

    case = case_of(number)
    assert (case.door, case.topic, case.topic_by, case.state) == (
        "open311",
        "road.bridge",
        "person",
        "reported",
    )
    assert (case.lat, case.lon) == (33.912345, 100.154321)
    assert case.on_behalf_of == "合成 桑杰 000-1234 s@example.org"
    assert case.reporter_id == program.key.login_id
    assert Receiver.objects.filter(case=case, until=None, standing="responsible").count() == 1
    assert list(Promise.objects.filter(case=case).values_list("kind", flat=True)) == ["solve"]


def test_answers_and_address_are_read_by_the_officer_and_place_it(program: Program) -> None:
    number = program.report(
        lat="",
        long="",
        address_string="恰曲纳合村口",
        **{"attribute[passable]": "foot", "attribute[unknown]": "x"},
    )

    case = case_of(number)
    assert case.text.splitlines()[1:] == ["现在还能通行吗: 只有人能过", "地点: 恰曲纳合村口"]
    assert (case.place, case.place_basis) == (VILLAGE, "named")


def test_an_address_id_is_a_place_somebody_chose(program: Program) -> None:
    case = case_of(program.report(lat="", long="", address_id=VILLAGE))

    assert (case.place, case.place_basis) == (VILLAGE, "chosen")


def test_several_answers_of_a_list_keep_their_names(program: Program) -> None:
    form: dict[str, Any] = {"service_code": "town.rubbish", "attribute[what][]": ["building", "carcass"]}
    answer = program.post(**{**BRIDGE, **form})

    case = case_of(json.loads(answer.content)[0]["service_request_id"])
    assert "有些什么: 建筑垃圾, 死畜" in case.text


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"api_key": ""}, (403, [403])),
        ({"api_key": "wrong"}, (403, [403])),
        ({"service_code": ""}, (400, [400])),
        ({"service_code": "no.such"}, (404, [404])),
        ({"description": ""}, (400, [400])),
        ({"description": "x" * 4001}, (400, [400])),
        ({"lat": ""}, (400, [400])),
        ({"lat": "91"}, (400, [400])),
        ({"lat": "nan"}, (400, [400])),
        ({"lat": "１２"}, (400, [400])),
        ({"lat": "", "long": ""}, (400, [400])),
        ({"lat": "", "long": "", "address_id": "999999"}, (400, [400])),
        ({"attribute[passable]": "sometimes"}, (400, [400])),
        ({"attribute[since]": "yesterday"}, (400, [400])),
        ({"service_code": "water.supply", "attribute[families]": "many"}, (400, [400])),
        ({"service_code": "town.light"}, (400, [400])),
        ({"service_code": "town.light", "attribute[number]": " "}, (400, [400])),
        ({"service_code": "town.light", "description": "", "lat": ""}, (400, [400, 400, 400])),
        ({"service_code": "voice.complaint"}, (404, [404])),
    ],
)
def test_what_is_wrong_is_told_all_at_once_and_makes_no_case(
    program: Program, changed: dict[str, Any], expected: tuple[int, list[int]]
) -> None:
    assert _codes(program.post(**{**BRIDGE, **changed})) == expected
    assert _cases() == 0
    assert Incoming.objects.count() == 0


def test_the_same_request_again_is_the_same_request(program: Program, now: clock.FixedClock) -> None:
    first = program.report()

    assert {program.report() for _ in range(20)} == {first}
    assert program.report(description="另一座桥") != first
    assert _cases() == 2


def test_order_format_and_empty_fields_make_no_other_request(program: Program) -> None:
    first = program.report()
    turned = dict(reversed(BRIDGE.items()))

    answer = program.post("requests.xml", **turned, email="", jurisdiction_id="632623")

    assert f"<service_request_id>{first}</service_request_id>" in answer.content.decode()
    assert _cases() == 1


def test_a_day_later_the_same_words_are_a_new_report(program: Program) -> None:
    first = program.report()

    with clock.use(clock.FixedClock(AT + timedelta(hours=24))):
        assert program.report() != first


def test_the_senders_own_mark_decides_where_it_sends_one(program: Program) -> None:
    one = json.loads(program.post(**BRIDGE, mark="m-1").content)
    again = json.loads(program.post(**{**BRIDGE, "description": "改过的字"}, mark="m-1").content)
    other = json.loads(program.post(**BRIDGE, mark="m-2").content)

    assert one == again
    assert other != one


def test_two_programs_with_the_same_words_are_two_requests(program: Program) -> None:
    keys.issue(owner="另一个", actor=SYSTEM, at=AT, secret="second")

    assert program.report() != program.report(api_key="second")


def test_a_revoked_key_opens_nothing_from_the_next_request_on(program: Program) -> None:
    program.report()
    keys.revoke(key=program.key.id, actor=SYSTEM, at=AT)

    assert _codes(program.post(**{**BRIDGE, "description": "后来"})) == (403, [403])


def test_a_key_of_another_county_opens_nothing(program: Program) -> None:
    Key.objects.update(jurisdiction="632621")

    assert _codes(program.post(**BRIDGE)) == (403, [403])


def test_a_key_is_kept_as_a_hash_and_its_login_can_do_nothing(program: Program) -> None:
    assert SECRET not in str(list(Key.objects.values()))
    login = Person.objects.get(id=program.key.login_id)
    assert (login.is_active, login.has_usable_password(), login.postings.count()) == (False, False, 0)


def test_too_many_in_an_hour_are_put_off(program: Program) -> None:
    Key.objects.update(per_hour=2)
    program.report(description="一")
    program.report(description="二")

    answer = program.post(**{**BRIDGE, "description": "三"})

    assert _codes(answer) == (429, [429])
    assert answer.headers["Retry-After"] == "60"
    assert program.report(description="一") == case_of(program.report(description="一")).number
    with clock.use(clock.FixedClock(AT + timedelta(hours=1))):
        program.report(description="三")


def test_a_batch_service_answers_a_token_and_the_worker_makes_the_case(program: Program) -> None:
    form = {"service_code": "voice.suggestion", "description": "多设一个取水点", "address_id": VILLAGE}
    answer = json.loads(program.post(**form).content)[0]
    token = answer["token"]

    assert "service_request_id" not in answer
    assert json.loads(program.post(**form).content)[0]["token"] == token
    assert program.json(f"tokens/{token}") == [{"service_request_id": None, "token": token}]
    assert _cases() == 0

    assert take_waiting(AT + timedelta(minutes=1)) == 1
    assert take_waiting(AT + timedelta(minutes=1)) == 0

    number = program.json(f"tokens/{token}")[0]["service_request_id"]
    assert case_of(number).text == "多设一个取水点"
    assert case_of(number).received_at == AT
    assert list(Incoming.objects.values_list("form", flat=True)) == [{}]
    assert program.get("tokens/nothing.json").status_code == 404


def test_a_batch_request_that_can_not_be_made_is_tried_ten_times_and_then_left(program: Program) -> None:
    program.post(service_code="voice.suggestion", description="多设一个取水点", address_id="999999")

    assert [take_waiting(AT) for _ in range(11)] == [0] * 11
    assert list(Incoming.objects.values_list("state", "tries")) == [("refused", 10)]


def test_long_answers_follow_the_description_instead_of_cutting_it(program: Program) -> None:
    number = program.report(description="长" * 4000, **{"attribute[passable]": "none"})

    assert case_of(number).text == "长" * 4000 + "\n现在还能通行吗: 都不能过"


def test_xml_sent_in_is_not_read_at_all(program: Program) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><request>&b;</request>'

    answer = program.client.post("/open311/v2/requests.xml", bomb, content_type="text/xml")

    assert answer.status_code == 415
    assert answer.content.decode().startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<errors><error><code>415'
    )


def test_signs_no_xml_can_carry_are_left_out(program: Program) -> None:
    number = program.report(description="桥\x00断\x1f了 <b>&\ufffe")

    assert case_of(number).text == "桥断了 <b>&"


def test_a_multipart_form_is_a_form(program: Program) -> None:
    answer = program.client.post("/open311/v2/requests.json", {"api_key": SECRET, **BRIDGE})

    assert answer.status_code == 200


def test_a_body_without_end_is_refused(program: Program) -> None:
    assert _codes(program.post(**{**BRIDGE, "description": "x" * 3_000_000})) == (413, [413])
