"""What becomes of it there is asked for, and told in the case once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mulian.core.notify.models import Notice
from mulian.gateways.open311.actions.sending import BACKOFF, POLL, run_due
from mulian.modules.cases.models import Case
from tests.gateways.open311.elsewhere.handed import TOOK, at, history, row, send
from tests.gateways.open311.other import Other
from tests.world import AT, World


@pytest.mark.django_db
def test_it_is_asked_about_until_it_is_over_and_the_case_tells(
    world: World, case: Case, other: Other
) -> None:
    send(world, case)
    said = [
        {"service_request_id": "Z-1", "status": "open"},
        {"service_request_id": "Z-1", "status": "open", "status_notes": "已派人"},
        {"service_request_id": "Z-1", "status": "open", "status_notes": "已派人"},
        {"service_request_id": "Z-1", "status": "closed", "status_notes": "已修好"},
    ]
    other.says(TOOK, *[(200, json.dumps([each]).encode()) for each in said])

    for turn in range(7):
        run_due(at(minutes=15 * turn))

    assert [path for _, path, _, _ in other.got] == ["/v2/requests.json"] + [
        "/v2/requests/Z-1.json?jurisdiction_id=qh.example"
    ] * 4
    assert [text for _, text in history(case)] == ["", "", "已派人", "已修好"]
    assert (row().state, row().due_at) == ("over", None)
    case.refresh_from_db(from_queryset=Case.unscoped.because("a test looks"))
    assert case.state == "reported"
    assert Notice.objects.filter(kind="cases.elsewhere", subject_id=case.id).count() == 2


@pytest.mark.django_db
def test_each_step_of_theirs_is_told_once_where_they_tell_steps(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["updates"] = True
    send(world, case)
    record = json.dumps([{"service_request_id": "Z-1", "status": "open"}]).encode()
    steps = [
        {"update_id": 2, "service_request_id": "Z-1", "status": "OPEN", "description": "在修",
         "updated_datetime": "2026-11-22T12:00:00+08:00"},
        {"update_id": 1, "service_request_id": "Z-1", "status": "OPEN", "description": "已派人",
         "updated_datetime": "2026-11-22T11:00:00+08:00"},
        {"update_id": 3, "service_request_id": "Z-77", "status": "OPEN", "description": "别家的事"},
    ]  # fmt: skip
    told = json.dumps(steps).encode()
    other.says(TOOK, (200, record), (200, told), (200, record), (200, told))
    run_due(AT)
    run_due(AT + POLL)
    run_due(AT + 2 * POLL)
    assert [text for _, text in history(case) if text] == ["已派人", "在修"]
    assert row().told == ["1", "2"]
    paths = [path for _, path, _, _ in other.got]
    assert paths[2].startswith("/v2/servicerequestupdates.json?start_date=2026-11-22T10%3A00%3A00%2B08%3A00")


@pytest.mark.django_db
def test_updates_that_cannot_be_read_are_asked_for_again(
    world: World, case: Case, other: Other, settings: Any
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS["state"]["updates"] = True
    send(world, case)
    other.says(TOOK, (200, b'[{"service_request_id": "Z-1", "status": "open"}]'), (404, b"no such page"))
    run_due(AT)
    run_due(AT + POLL)
    assert (row().state, row().error) == ("there", "HTTP 404 for updates")
    assert row().due_at == AT + POLL + BACKOFF[0]
