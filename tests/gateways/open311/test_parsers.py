"""Whatever is sent: a sound answer or a refusal that says why, never a fault; and what is written is well formed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.gateways.open311.domain.answering import Format, Listing, asked_format, written
from mulian.gateways.open311.domain.asking import MOST, SPAN, Asked, asked, several
from mulian.gateways.open311.domain.refusals import Refused
from mulian.gateways.open311.domain.requesting import Requested, attributes, requested, sameness
from mulian.gateways.open311.domain.services import Attribute, Choice, Datatype, Service
from mulian.gateways.open311.domain.times import parsed
from mulian.gateways.open311.domain.times import written as moment
from tests.world import AT

SERVICE = Service(
    code="road.bridge",
    name="桥梁",
    description="桥梁",
    group="道路",
    attributes=(
        Attribute(
            code="one", datatype=Datatype.SINGLE, description="?", values=(Choice(key="a", name="甲"),)
        ),
        Attribute(code="n", datatype=Datatype.NUMBER, description="#", order=2),
        Attribute(code="t", datatype=Datatype.DATETIME, description="@", order=3),
    ),
)
NAMES = st.sampled_from([
    "service_code", "lat", "long", "address_string", "address_id", "description", "first_name", "phone", "media_url",
    "start_date", "end_date", "status", "page", "page_size", "service_request_id", "updated_after", "x",
    "attribute[one]", "attribute[one][]", "attribute[n]", "attribute[t]",
])  # fmt: skip
FORMS = st.dictionaries(NAMES, st.lists(st.text(max_size=30), max_size=3), max_size=12)


@given(FORMS)
def test_any_form_is_a_request_or_a_refusal(form: dict[str, list[str]]) -> None:
    try:
        found: Requested | Refused = requested(form, SERVICE)
    except Refused as refused:
        found = refused
    if isinstance(found, Refused):
        assert {problem.status for problem in found.problems} == {400}
        return
    assert isinstance(found, Requested)
    assert 0 < len(found.description) <= 4000
    assert found.point or found.address or found.address_id


@given(FORMS)
def test_any_question_keeps_the_standards_bounds(form: dict[str, list[str]]) -> None:
    try:
        found: Asked | Refused = asked(form, AT)
    except Refused as refused:
        found = refused
    if isinstance(found, Refused):
        assert {problem.status for problem in found.problems} == {400}
        return
    assert timedelta() <= max(found.until - found.since, timedelta()) <= SPAN
    assert 1 <= found.limit <= MOST
    assert 0 <= found.offset <= 100 * MOST


@given(FORMS, st.randoms())
def test_sent_again_in_another_order_it_is_the_same(form: dict[str, list[str]], chance: Any) -> None:
    turned = list(form.items())
    chance.shuffle(turned)
    again = {**dict(turned), "email": [""], "api_key": ["other"], "jurisdiction_id": ["632623"]}

    assert sameness(again) == sameness(form)


@given(FORMS, NAMES, st.text(min_size=1).filter(str.strip))
def test_other_words_are_another_request(form: dict[str, list[str]], name: str, word: str) -> None:
    assert sameness({**form, name: [*form.get(name, []), word]}) != sameness(form)


@given(st.integers(0, 4_000_000_000))
def test_what_is_written_as_a_time_is_read_as_that_time(seconds: int) -> None:
    whole = datetime.fromtimestamp(seconds, UTC)
    text = moment(whole)
    assert text is not None
    assert parsed(text) == whole
    assert parsed(text.replace("+", " ")) == whole
    assert parsed(whole.strftime("%Y-%m-%dT%H:%M:%SZ")) == whole


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = parsed(text)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T09:30:00+08:00", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22T01:30:00Z", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22T01:30Z", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22T01:30:00.123Z", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22t01:30:00z", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22T09:30:00+0800", "2026-11-22T01:30:00+00:00"),
        ("2026-11-22", "2026-11-21T16:00:00+00:00"),
        ("2026-11-22T09:30:00", None),
        ("2026-02-30", None),
        ("2026-13-01T00:00:00Z", None),
        ("2026-11-22T09:30:00+99:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("２０２６-11-22", None),
        ("22.11.2026", None),
        ("", None),
    ],
)
def test_times_with_a_zone_and_whole_days_are_read(text: str, expected: str | None) -> None:
    found = parsed(text)
    assert (found.isoformat() if found else None) == expected


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["description", "code", "lat"]), st.text() | st.none() | st.booleans()
        )
    )
)
def test_anything_written_is_well_formed_in_both_formats(items: list[dict[str, Any]]) -> None:
    listing = Listing("service_requests", items)

    root = ElementTree.fromstring(written(listing, Format.XML))
    plain = json.loads(written(listing, Format.JSON))

    assert len(root) == len(plain) == len(items)


def test_xml_tells_back_the_words_it_was_given() -> None:
    words = "<b>&\"'</b> ཟམ་པ 桥 ]]>"
    root = ElementTree.fromstring(
        written(Listing("errors", [{"code": 400, "description": words}]), Format.XML)
    )

    assert root.findtext("error/description") == words


@given(st.sampled_from(["", "xml", "json", "yaml"]), st.text(max_size=60))
def test_any_accept_has_a_format_or_none(suffix: str, accept: str) -> None:
    found = asked_format(suffix, accept)
    assert found is (Format(suffix) if suffix in ("xml", "json") else None) or not suffix


def test_lists_come_by_commas_and_by_repeating() -> None:
    assert several({"a": ["1, 2", "", "2,3,"]}, "a") == ("1", "2", "3")
    assert attributes({"attribute[a]": ["1"], "attribute[a][]": ["2", "3"], "attribute[]": ["4"]}) == {
        "a": ("1", "2", "3")
    }
