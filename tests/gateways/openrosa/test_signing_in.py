"""Who gets in: by the key in the address, or by HTTP Digest with it; nobody else, and never twice by one proof."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.core.access import actions, devices, tokens
from mulian.core.access.models import Device
from mulian.core.sync import rates
from mulian.gateways.openrosa.actions.recognising import sweep_used
from mulian.gateways.openrosa.domain import digest
from mulian.gateways.openrosa.domain.digest import Proof
from mulian.gateways.openrosa.models import UsedProof
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.bucket import Buckets
from tests.access import answers
from tests.gateways.openrosa.conftest import HTTP, Collect, collect_of, filled, multipart, rows, said
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")
BAD = "0" * 40


class Typed:
    """A form program whose user typed a name and a password."""

    def __init__(self, username: str, password: str) -> None:
        self.username, self.password = username, password
        self.client, self.nonce, self.count = Client(raise_request_exception=False), "", 0

    def header(self, method: str, uri: str, **changed: str) -> str:
        self.count += 1
        parts = {"username": self.username, "realm": digest.REALM, "nonce": self.nonce, "uri": uri, "response": "x",
                 "count": f"{self.count:08x}", "cnonce": "c", **changed}  # fmt: skip
        answer = digest.expected(Proof(**parts), key=self.password, method=method)
        named = {**parts, "response": answer, "nc": parts.pop("count")}
        named.pop("count", None)
        return "Digest " + ", ".join(f'{name}="{value}"' for name, value in named.items()) + ", qop=auth"

    def ask(self, path: str = "/openrosa/formList", method: str = "GET", **more: Any) -> Any:
        headers = {**HTTP, **({"Authorization": more.pop("proof")} if "proof" in more else {})}
        return self.client.generic(
            method, path, more.pop("body", b""), more.pop("kind", ""), headers=headers, **more
        )

    def challenged(self) -> Any:
        answer = self.ask()
        self.nonce = answer.headers["WWW-Authenticate"].split('nonce="')[1].split('"')[0]
        self.count = 0
        return answer


@pytest.fixture
def typed(collect: Collect) -> Typed:
    made = Typed("liaison", collect.key)
    made.challenged()
    return made


def test_a_key_opens_and_a_wrong_one_is_forbidden_not_asked_for_a_password(collect: Collect) -> None:
    assert collect.get("formList").status_code == 200
    for wrong in (BAD, "x", "%20", collect.key[:-1], collect.key.upper()):
        answer = collect.client.get(f"/openrosa/key/{wrong}/formList", headers=HTTP)
        assert said(answer)[:2] == (403, "error")
        assert "WWW-Authenticate" not in answer.headers
        assert answer.headers["X-OpenRosa-Version"] == "1.0"


def test_a_key_opens_nothing_else(collect: Collect) -> None:
    """Not the phone's line, not the programs' API, not a page."""
    for scheme in ("Device", "Bearer"):
        headers = {"Authorization": f"{scheme} {collect.key}"}
        assert (
            collect.client.post(
                "/field/sync", b"{}", content_type="application/json", headers=headers
            ).status_code
            == 401
        )
        assert collect.client.get("/api/v1/cases", headers=headers).status_code == 401
    assert collect.client.get(f"/openrosa/key/{collect.key}/../../api/v1/cases").status_code in (401, 404)


def test_a_phones_own_token_and_a_password_open_no_forms(collect: Collect, world: World) -> None:
    assert collect.client.get(f"/openrosa/key/{world.token('liaison')}/formList").status_code == 403
    for password in (world.token("liaison"), world.api_token("liaison"), "synthetic-password-1", ""):
        other = Typed("liaison", password)
        other.challenged()
        assert other.ask(proof=other.header("GET", "/openrosa/formList")).status_code == 401


def test_the_key_ends_with_the_device_and_with_its_person(collect: Collect, world: World) -> None:
    device = Device.objects.get(openrosa_hash=tokens.digest(collect.key))
    second = collect_of(world, "liaison")
    devices.revoke(device=device.id, actor=SYSTEM, at=AT)
    assert (collect.get("formList").status_code, second.get("formList").status_code) == (403, 200)
    actions.change_person(person=world.people["liaison"], active=False, actor=SYSTEM, at=AT)
    assert second.get("formList").status_code == 403


def test_a_challenge_is_as_openrosa_wants_it(collect: Collect) -> None:
    answer = Typed("liaison", "").challenged()
    assert said(answer)[:2] == (401, "error")
    parts = answer.headers["WWW-Authenticate"]
    assert parts.startswith(f'Digest realm="{digest.REALM}", domain="/openrosa/", nonce="')
    assert parts.endswith('algorithm=MD5, qop="auth"')


def test_digest_opens_list_and_submission(typed: Typed) -> None:
    assert typed.ask(proof=typed.header("GET", "/openrosa/formList")).status_code == 200
    head = typed.ask(
        "/openrosa/submission?deviceID=a",
        "HEAD",
        proof=typed.header("HEAD", "/openrosa/submission?deviceID=a"),
    )
    assert (head.status_code, head.headers["Location"]) == (204, "http://testserver/openrosa/submission")
    body, kind = multipart(filled(), {})
    answer = typed.ask(
        "/openrosa/submission",
        "POST",
        body=body,
        kind=kind,
        proof=typed.header("POST", "/openrosa/submission"),
    )
    assert said(answer)[0] == 201
    assert len(rows()) == 1


def test_a_proof_is_of_one_method_one_address_and_one_name(typed: Typed, world: World) -> None:
    uri = "/openrosa/formList"
    assert typed.ask(proof=typed.header("POST", uri)).status_code == 401
    assert typed.ask(proof=typed.header("GET", "/openrosa/submission")).status_code == 401
    assert typed.ask(f"{uri}?formID=pens", proof=typed.header("GET", uri)).status_code == 401
    assert typed.ask(proof=typed.header("GET", uri, username="liaison2")).status_code == 401
    assert typed.ask(proof=typed.header("GET", f"http://testserver{uri}")).status_code == 200


def test_a_proof_serves_once_and_counts_come_in_any_order(typed: Typed) -> None:
    uri = "/openrosa/formList"
    first, second = typed.header("GET", uri), typed.header("GET", uri)
    assert [typed.ask(proof=proof).status_code for proof in (second, first)] == [200, 200]
    again = typed.ask(proof=first)
    assert again.status_code == 401
    assert again.headers["WWW-Authenticate"].endswith(", stale=true")
    typed.challenged()
    assert typed.ask(proof=typed.header("GET", uri)).status_code == 200


def test_a_nonce_ages_and_its_traces_are_swept(typed: Typed, now: clock.FixedClock) -> None:
    uri = "/openrosa/formList"
    assert typed.ask(proof=typed.header("GET", uri)).status_code == 200
    later = AT + timedelta(seconds=digest.FRESH_SECONDS + 1)
    with clock.use(clock.FixedClock(later)):
        answer = typed.ask(proof=typed.header("GET", uri))
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].endswith(", stale=true")
    assert (sweep_used(AT), UsedProof.objects.count()) == (0, 1)
    assert (sweep_used(AT + timedelta(hours=1)), UsedProof.objects.count()) == (1, 0)


def test_a_made_up_nonce_serves_nobody(typed: Typed) -> None:
    typed.nonce = "69214f00.aa.bb"
    assert typed.ask(proof=typed.header("GET", "/openrosa/formList")).status_code == 401


def test_a_phone_that_asks_without_end_is_told_to_wait(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PLAIN", Buckets(burst=2, refill=0.001))
    found = [collect.get("formList") for _ in range(3)]
    assert [answer.status_code for answer in found] == [200, 200, 429]
    assert found[2].headers["Retry-After"] == "60"


def test_no_log_line_holds_a_key(collect: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is logged with its address."""
    from mulian.gateways.openrosa.queries import listing

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"/openrosa/key/{collect.key}/formList")

    monkeypatch.setattr(listing, "listed", broken)
    with answers.listening() as lines:
        assert collect.get("formList").status_code == 500
    assert lines
    assert not [line for line in lines if collect.key in line]


def test_the_table_keeps_nothing_that_signs_in(collect: Collect) -> None:
    row = Device.objects.get(openrosa_hash=tokens.digest(collect.key))
    kept = [str(getattr(row, each.attname)) for each in Device._meta.concrete_fields]
    assert collect.key not in kept
