"""Answers of another system are read with suspicion, in both formats."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.gateways.open311.domain.elsewhere import Unreadable, first_record, updates_of


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY a "ha">]><service_requests><request><x>&a;</x></request></service_requests>',
        b'<!DOCTYPE service_requests SYSTEM "file:///etc/passwd"><service_requests/>',
        b"<service_requests>" + b"<a>" * 50 + b"</a>" * 50 + b"</service_requests>",
        b"<service_requests/>",
        b"<html><body><p>x</p></body></html>",
        b"<service_requests><request>",
        b"not xml",
        b"",
        b"<service_requests><request><x>" + b"y" * 70_000 + b"</x></request></service_requests>",
    ],
)
def test_bombs_and_other_things_are_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        first_record(body, "xml")


def test_the_first_request_is_read_in_both_formats() -> None:
    first = b"<request><service_request_id> 7 </service_request_id><status_notes>a &amp; b</status_notes></request>"
    second = b"<request><service_request_id>8</service_request_id></request>"
    xml = (
        b'<?xml version="1.0" encoding="UTF-8"?><service_requests>' + first + second + b"</service_requests>"
    )
    plain = b'{"service_request_id": 7, "status_notes": "a & b", "x": null, "y": []}'
    wrapped = b'{"service_requests": {"request": [' + plain + b"]}}"

    assert first_record(xml, "xml") == {"service_request_id": "7", "status_notes": "a & b"}
    assert first_record(wrapped, "json") == {"service_request_id": "7", "status_notes": "a & b"}


@given(st.binary(max_size=200), st.sampled_from(["json", "xml"]))
def test_any_bytes_are_a_record_or_unreadable(body: bytes, format: str) -> None:
    try:
        found = first_record(body, format)
    except Unreadable:
        return
    assert all(isinstance(value, str) for value in found.values())


def test_updates_are_read_in_both_formats() -> None:
    xml = (
        b"<service_request_updates><request_update><update_id>1</update_id><service_request_id>Z-1"
        b"</service_request_id><description>a &amp; b</description></request_update><request_update>"
        b"<update_id>2</update_id><service_request_id>Z-2</service_request_id></request_update>"
        b"</service_request_updates>"
    )
    mine = [{"update_id": "1", "service_request_id": "Z-1", "description": "a & b"}]
    assert updates_of(xml, "xml", "Z-1") == mine
    assert updates_of(json.dumps(mine).encode(), "json", "Z-1") == mine
    assert updates_of(b"<service_request_updates/>", "xml", "Z-1") == []
    assert updates_of(b"[]", "json", "Z-1") == []
