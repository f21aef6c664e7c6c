"""The body of a submission by itself: whole or refused, within its size, on a disk with room."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory, override_settings

from mulian.gateways.openrosa.web import receiving
from mulian.gateways.openrosa.web.receiving import Body, receive
from mulian.kernel.problems import Problem
from tests.gateways.openrosa.conftest import multipart

FILES = {"照片.jpg": b"1" * 400, "a b.wav": b"\r\n--edge\r\n\r\n"[:6] + b"2" * 300, "སྒྲ.wav": b""}
XML = "<data id='a'/>"


def taken(body: bytes, kind: str, *, length: bool = True, **more: Any) -> Body:
    """With a length as most clients name it, or without (chunked transfer)."""
    meta: dict[str, Any] = {"CONTENT_TYPE": kind, "wsgi.input": BytesIO(body), **more}
    meta |= {"CONTENT_LENGTH": str(len(body))} if length else {"HTTP_TRANSFER_ENCODING": "chunked"}
    request = RequestFactory().generic("POST", "/openrosa/submission", b"", **meta)
    return receive(request)


def code(body: bytes, kind: str, **more: Any) -> str:
    with pytest.raises(Problem) as raised:
        taken(body, kind, **more)
    return raised.value.code


@pytest.mark.parametrize("length", [True, False])
def test_names_and_bytes_arrive_as_they_were(length: bool) -> None:
    found = taken(*multipart(XML, FILES), length=length)
    assert found.xml == XML.encode()
    assert {name: file.file.read() for name, file in found.files.items()} == FILES


def test_the_name_of_the_field_is_the_name_of_the_file() -> None:
    body, kind = multipart(XML, {"photo.jpg": b"1"})
    found = taken(body.replace(b'filename="photo.jpg"', b'filename="C:\\\\somewhere\\\\else.jpg"'), kind)
    assert found.files["photo.jpg"].sha256 == found.files["else.jpg"].sha256


def test_a_form_sent_as_a_plain_field_is_a_form() -> None:
    body, kind = multipart(XML, {})
    assert taken(body.replace(b'; filename="submission.xml"', b""), kind).xml == XML.encode()


@pytest.mark.parametrize("length", [True, False])
def test_a_body_that_breaks_off_anywhere_is_refused(length: bool) -> None:
    """Also where the sender said how much would come."""
    body, kind = multipart(XML, FILES)
    announced = {"CONTENT_LENGTH": str(len(body))} if length else {}
    for cut in range(0, len(body) - 3, 7):
        assert code(body[:cut], kind, length=False, **announced) in {"bad_request", "openrosa.no_submission"}


def test_bare_xml_that_breaks_off_is_refused() -> None:
    assert taken(XML.encode(), "text/xml").xml == XML.encode()
    assert code(XML.encode()[:5], "text/xml", CONTENT_LENGTH="14", length=False) == "bad_request"


def test_what_is_too_large_is_refused_before_it_is_read_or_while(monkeypatch: pytest.MonkeyPatch) -> None:
    body, kind = multipart(XML, FILES)
    unread = BytesIO(body)
    assert code(b"", kind, length=False, CONTENT_LENGTH="101000001", **{"wsgi.input": unread}) == "too_large"
    assert unread.tell() == 0
    monkeypatch.setattr(receiving, "MOST", 100)
    monkeypatch.setattr(receiving, "FRAME", 0)
    assert code(body, kind, length=False) == "too_large"


def test_a_disk_without_room_takes_nothing_in() -> None:
    with override_settings(MULIAN_FILES_RESERVE=1 << 60):
        assert code(*multipart(XML, FILES)) == "disk_full"


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=other", "text/html", ""]
)
def test_other_bodies_are_refused(kind: str) -> None:
    assert code(multipart(XML, FILES)[0], kind) in {"bad_request", "unsupported"}
