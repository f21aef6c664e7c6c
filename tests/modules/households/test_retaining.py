"""G20: what may not be kept longer goes, exactly that, batch by batch, and a dry run changes nothing."""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.commands import due, retention_command
from mulian.core.events.models import Event
from mulian.core.registry import resolve, retentions, timers
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.modules.households import actions
from mulian.modules.households.actions import retaining
from mulian.modules.households.domain.catalogue import months_after
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.domain.requests import Kind
from mulian.modules.households.models import Household, Item, Member, Need, Reading
from mulian.modules.households.queries.catalogue import catalogue
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)


def needs(world: World, many: int) -> list[Need]:
    """Of known and unknown kinds, some running, some ended around the day on which they go."""
    rng = random.Random(7)
    codes = [*catalogue().needs, "unknown_kind"]

    def end(code: str) -> date | None:
        kind = catalogue().needs.get(code)
        edge = months_after(TODAY, -(kind.keep_months if kind else 1))
        return rng.choice([None, TODAY, edge, edge + DAY, edge - DAY, edge - 400 * DAY])

    rows = [
        Need(
            id=UUID(int=turn + 1), household_id=world.households["near"], code=code, since=TODAY - 2000 * DAY,
            until=end(code), consent_on=TODAY, consent_how="spoken", consent_by=UUID(int=1),
            recorded_at=AT, by=UUID(int=1),
        )
        for turn in range(many)
        for code in [rng.choice(codes)]
    ]  # fmt: skip
    return list(Need.unscoped.bulk_create(rows))


def gone(need: Need) -> bool:
    """The rule, by hand."""
    if need.until is None:
        return False
    kind = catalogue().needs.get(need.code)
    return kind is None or months_after(TODAY, -kind.keep_months) >= need.until


def test_exactly_what_is_due_goes_and_each_batch_is_an_event(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = needs(world, 60)
    monkeypatch.setattr(retaining, "BATCH", 7)
    monkeypatch.setattr(retaining, "BATCHES", 2)
    wanted = {row.id for row in rows if not gone(row)}
    assert 10 < len(wanted) < 50

    steps = []
    while moved := retaining.forget_needs(AT):
        steps.append(moved)

    assert set(Need.unscoped.values_list("id", flat=True)) == wanted
    assert sum(steps) == 60 - len(wanted)
    assert steps[0] == 14
    told = Event.objects.filter(name="retention.forgotten")
    assert sum(event.data["count"] for event in told) == 60 - len(wanted)
    assert max(event.data["count"] for event in told) == 7


def test_a_dry_run_says_what_would_go_and_changes_nothing(world: World, capsys: Any) -> None:
    needs(world, 20)
    before = sorted(Need.unscoped.values_list("id", flat=True))

    assert retention_command(argparse.Namespace(dry_run=True)) == 0

    lines = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert lines == [[resolve(r.due)(AT).model._meta.db_table, r.rule] for r in retentions()]
    assert sorted(Need.unscoped.values_list("id", flat=True)) == before
    assert not Event.objects.filter(name="retention.forgotten").exists()


def test_every_rule_is_swept_at_night_and_says_why() -> None:
    swept = {resolve(timer.sweep) for timer in timers()}
    assert [rule.rule for rule in retentions() if resolve(rule.sweep) not in swept] == []
    assert [rule.rule for rule in retentions() if not (rule.what and rule.why)] == []


def test_who_opened_it_is_kept_three_years(world: World) -> None:
    near, lead = world.households["near"], world.actor("village_lead")
    for days in (0, 1094, 1095, 1200):
        actions.note_reading(households=[near], way=Way.PAGE, actor=lead, at=AT - days * DAY)
    assert retaining.forget_readings(AT) == 2
    assert Reading.unscoped.count() == 2


def test_a_family_that_left_three_years_ago_is_forgotten_once(world: World) -> None:
    near, then = world.households["near"], AT + timedelta(days=1095)
    actions.close_household(household=near, reason="迁走", actor=world.actor("village_lead"), at=AT)
    assert retaining.forget_families(then - DAY) == 0
    assert [retaining.forget_families(then), retaining.forget_families(then)] == [1, 0]
    left = [model.unscoped.filter(household=near).count() for model in (Item, Member)]
    assert (Household.unscoped.get(id=near).name, left) == ("", [0, 0])


def test_words_of_a_request_go_and_that_it_was_asked_stays(world: World) -> None:
    near, lead = world.households["near"], world.actor("village_lead")
    member = Member.unscoped.filter(household=near).first()
    assert member is not None
    asked = actions.Asked(kind=Kind.RESTRICT, by=member.id, known_by="认识", words="不给别人")
    row = actions.take_request(id=uuid7(), household=near, asked=asked, actor=lead, at=AT)
    actions.decide_request(request=row.id, allow=True, reason="好", actor=lead, at=AT)
    later = AT + timedelta(days=1095)
    assert [retaining.forget_requests(later - DAY), retaining.forget_requests(later)] == [0, 1]
    assert retaining.forget_requests(later) == 0
    row.refresh_from_db()
    assert (row.words, row.reason, row.kind, row.state) == ("", "", "restrict", "done")


def test_the_page_says_what_goes_and_what_went(world: World) -> None:
    needs(world, 20)
    rule = next(rule for rule in retentions() if rule.rule == "households.needs")
    waiting = due(rule, AT)
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["auditor"]))

    before = client.get("/households/retention/")
    retaining.forget_needs(AT)
    after = client.get("/households/retention/")

    assert [page.status_code for page in (before, after)] == [200, 200]
    stand = [
        next(line["stand"] for line in page.context["lines"] if line["stand"].rule is rule)
        for page in (before, after)
    ]
    assert [(one.now, one.went) for one in stand] == [(waiting, 0), (0, waiting)]
