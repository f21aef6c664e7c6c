"""Whatever another system answers, nothing is lost: it is tried again, and a person looks in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.gateways.open311.actions.sending import BACKOFF, TRIES, run_due, try_again
from mulian.modules.cases.models import Case
from tests.gateways.open311.elsewhere.handed import TOOK, at, history, row, send
from tests.gateways.open311.other import Other
from tests.world import AT, World


@pytest.mark.django_db
def test_a_token_is_followed_to_its_number(world: World, case: Case, other: Other) -> None:
    send(world, case)
    other.says(
        (200, b'[{"token": "t/1"}]'),
        (200, b'[{"service_request_id": null, "token": "t/1"}]'),
        (200, b'[{"service_request_id": 77, "token": "t/1"}]'),
    )

    for turn in range(3):
        run_due(at(minutes=15 * turn))

    assert other.got[1][1] == "/v2/tokens/t%2F1.json?jurisdiction_id=qh.example"
    assert (row().state, row().number, row().token) == ("there", "77", "")
    assert len(history(case)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reply",
    [
        (500, b"<html>sorry</html>"),
        (502, b""),
        (503, b"[]"),
        (429, b"slow down"),
        (301, b""),
        (200, b"<html><body>It works!</body></html>"),
        (200, b""),
        (200, b"[]"),
        (200, b"[{}]"),
        (200, b"null"),
        (200, b"\xff\xfe"),
        (200, b"[" * 5000),
        (200, b"x" * 100_000),
    ],
)
def test_nothing_is_lost_by_a_bad_answer_and_it_is_tried_again(
    world: World, case: Case, other: Other, reply: tuple[int, bytes]
) -> None:
    send(world, case)
    other.says(reply, TOOK)

    assert run_due(AT) == 1
    assert (row().state, row().tries, row().due_at) == ("sending", 1, AT + BACKOFF[0])
    assert row().error != ""
    assert run_due(AT + BACKOFF[0] - timedelta(seconds=1)) == 0
    assert run_due(AT + BACKOFF[0]) == 1
    assert (row().state, row().number, row().error) == ("there", "Z-1", "")
    assert {headers["Idempotency-Key"] for *_, headers in other.got} == {str(row().id)}


@pytest.mark.django_db
def test_a_refusal_is_told_to_whoever_works_on_it_and_a_person_may_send_it_again(
    world: World, case: Case, other: Other
) -> None:
    send(world, case)
    other.says((403, b'[{"code": 403, "description": "bad key"}]'), TOOK)

    run_due(AT)

    assert (row().state, row().due_at) == ("refused", None)
    assert history(case)[-1][1] == "bad key"
    try_again(forward=row().id, at=at(hours=1))
    run_due(at(hours=1))
    assert row().state == "there"


@pytest.mark.django_db
def test_after_weeks_without_an_answer_a_person_must_look(world: World, case: Case, other: Other) -> None:
    send(world, case)
    other.says((500, b""))
    when = AT
    for _ in range(TRIES):
        run_due(when)
        when = row().due_at or when

    assert (row().state, len(other.got)) == ("refused", TRIES)
    assert when - AT > timedelta(days=14)
