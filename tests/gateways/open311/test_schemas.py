"""Every JSON answer fits the standard's shapes to the letter: strings where it says strings, null for nothing.

The published schemas carry no licence, so their rules are written here again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from tests.gateways.open311.conftest import SECRET, Program, case_of
from tests.world import VILLAGE

pytestmark = pytest.mark.django_db
Text = Annotated[str, Meta(min_length=1)]
Moment = Annotated[datetime, Meta(tz=True)]


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """All fields must be there."""


class Service(Shape):
    service_code: Text
    service_name: Text
    description: str | None
    metadata: bool
    type: Literal["realtime", "batch", "blackbox"]
    keywords: str | None
    group: str | None


class Value(Shape):
    key: Text
    name: Text


class Attribute(Shape):
    variable: bool
    code: Text
    datatype: Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
    required: bool
    datatype_description: str | None
    order: Annotated[int, Meta(ge=1)]
    description: Text
    values: list[Value] = []


class Definition(Shape):
    service_code: Text
    attributes: list[Attribute]


class Request(Shape):
    service_request_id: Text
    status: Literal["open", "closed"]
    status_notes: str | None
    service_name: str | None
    service_code: Text
    description: Annotated[str, Meta(max_length=4000)] | None
    agency_responsible: str | None
    service_notice: str | None
    requested_datetime: Moment
    updated_datetime: Moment | None
    expected_datetime: Moment | None
    address: str | None
    address_id: str | None
    zipcode: str | None
    lat: float | None
    long: float | None
    media_url: str | None


class Made(Shape):
    service_request_id: Text
    service_notice: str | None
    account_id: str | None


class Promised(Shape):
    token: Text
    service_notice: str | None
    account_id: str | None


class Named(Shape):
    service_request_id: str | None
    token: Text


class Update(Shape):
    update_id: Text
    service_request_id: Text
    status: Literal["OPEN", "CLOSED"]
    updated_datetime: Moment
    description: str | None
    media_url: str | None


class Fault(Shape):
    code: int
    description: Text


class Endpoint(Shape):
    specification: Text
    url: Text
    changeset: Text
    type: Literal["production", "test"]
    formats: list[str]


class Discovery(Shape):
    changeset: Text
    contact: Text
    key_service: Text
    endpoints: list[Endpoint]


@pytest.mark.parametrize("locale", ["zh", "bo", "en"])
def test_every_answer_has_the_standards_shape(program: Program, locale: str) -> None:
    made = program.post(service_code="road.bridge", description="断了", address_string="桥头")
    number = msgspec.json.decode(made.content, type=list[Made])[0].service_request_id
    batch = program.post(service_code="voice.suggestion", description="多设一个", address_id=VILLAGE)
    token = msgspec.json.decode(batch.content, type=list[Promised])[0].token
    steps.take(case=case_of(number).id, actor=SYSTEM, at=case_of(number).received_at)

    def fits(path: str, shape: type) -> int:
        content = program.get(f"{path}.json", locale=locale, api_key=SECRET).content
        found: Any = msgspec.json.decode(content, type=shape)
        return len(found) if isinstance(found, list) else 1

    codes = [each["service_code"] for each in program.json("services")]
    assert fits("services", list[Service]) == len(codes)
    assert {fits(f"services/{code}", Definition) for code in codes} == {1}
    assert fits("requests", list[Request]) == fits(f"requests/{number}", list[Request]) == 1
    assert fits("servicerequestupdates", list[Update]) == 1
    assert fits(f"tokens/{token}", list[Named]) == 1
    assert fits("discovery", Discovery) == 1
    assert fits("requests/none", list[Fault]) == 1


def test_numbers_are_never_null_in_the_keys_of_xml(program: Program) -> None:
    """A client that reads by name finds every name, also of what is not told."""
    number = program.report()

    (request,) = program.xml(f"requests/{number}")
    assert [child.tag for child in request] == list(Request.__struct_fields__)
