"""The SMS gateway over real HTTP on this machine, and the addresses that are never called (G25)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from mulian.core.providers import sms
from mulian.core.providers.outbound import Target, Unreachable, post, resolve
from mulian.core.providers.sms import HttpGateway, NoGateway
from tests.core.providers.stub import Stub, gateway

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with gateway() as running:
        yield running


def test_message_arrives_with_its_id_and_token(stub: Stub) -> None:
    sent = HttpGateway(stub.url, "secret", inside=LOOPBACK).send("+8613900000000", "牧联 {id}", "id-1")
    assert sent == "accepted"
    assert stub.got == [{"to": "+8613900000000", "text": "牧联 {id}", "id": "id-1"}]
    assert (stub.headers[0]["Authorization"], stub.headers[0]["Idempotency-Key"]) == ("Bearer secret", "id-1")


def test_fields_are_the_gateways_own(stub: Stub) -> None:
    template = {"Mobile": "{number}", "Content": "[M] {text}", "Seq": "{id}", "App": "mulian"}
    HttpGateway(stub.url, template=template, inside=LOOPBACK).send("1", "{number}", "i")
    assert stub.got == [{"Mobile": "1", "Content": "[M] {number}", "Seq": "i", "App": "mulian"}]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, "accepted"), (202, "accepted"), (400, "rejected"), (404, "rejected"), (422, "rejected"),
        (301, "failed"), (307, "failed"), (401, "failed"), (429, "failed"), (500, "failed"), (503, "failed"),
        (0, "failed"),
    ],
)  # fmt: skip
def test_status_decides(stub: Stub, status: int, answer: str) -> None:
    stub.answers = [status]
    assert HttpGateway(stub.url, inside=LOOPBACK).send("1", "text", "i") == answer
    assert len(stub.got) == 1


def test_gateway_that_does_not_answer_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        assert HttpGateway(url, inside=LOOPBACK, timeout=0.2).send("1", "text", "i") == "failed"


def test_nobody_listening_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    assert HttpGateway(url, inside=LOOPBACK).send("1", "text", "i") == "failed"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"),
        *("10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]"),
        "224.0.0.1",
    ],
)
def test_inside_addresses_are_not_called_unless_listed(host: str) -> None:
    with pytest.raises(Unreachable):
        resolve(Target.of(f"http://{host}/"), inside=())


def test_listed_network_may_be_called_and_no_other() -> None:
    assert resolve(Target.of("http://10.1.2.3/"), inside=["10.1.0.0/16"]) == "10.1.2.3"
    assert resolve(Target.of("http://[::ffff:10.1.2.3]/"), inside=["10.1.0.0/16"]) == "::ffff:10.1.2.3"
    with pytest.raises(Unreachable):
        resolve(Target.of("http://10.2.2.3/"), inside=["10.1.0.0/16"])


@pytest.mark.parametrize(
    "url", ["ftp://host/", "file:///etc/passwd", "http://", "http://user:pw@host/", "//host/x"]
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(Unreachable):
        post(url, b"", {})


def test_name_that_changes_its_address_after_the_check_is_called_where_it_was_checked(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resolver of the test flips its answer; the call still goes to the first one."""
    port = Target.of(stub.url).port
    answers = iter([("127.0.0.1", port), ("127.9.9.9", port)])
    real = socket.getaddrinfo

    def flipping(host: str, *args: Any, **kwargs: Any) -> Any:
        if host != "sms.example":
            return real(host, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

    monkeypatch.setattr(socket, "getaddrinfo", flipping)
    assert post(f"http://sms.example:{port}/send", b'{"id": "x"}', {}, inside=["127.0.0.1/32"]).status == 200
    assert stub.headers[0]["Host"] == f"sms.example:{port}"


def test_no_gateway_is_the_default_and_three_settings_make_one(settings: Any) -> None:
    assert sms.configured() == NoGateway()
    assert not sms.configured().available
    settings.MULIAN_SMS_URL, settings.MULIAN_SMS_TOKEN, settings.MULIAN_SMS_ALLOWED = (
        "http://x/",
        "t",
        ["10.0.0.0/8"],
    )
    assert sms.configured() == HttpGateway("http://x/", "t", inside=("10.0.0.0/8",))
    assert "'t'" not in repr(sms.configured())
