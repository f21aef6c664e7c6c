"""Many rows at once are the same rows the ORM would have written, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from mulian.core.database import sending
from mulian.core.database.rows import IGNORE, insert, insert_values, update_many
from mulian.core.sync.models import Command
from mulian.kernel.ids import uuid7

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
AWKWARD = "a\tb\nc\\d\\N'e\"%s{1,2}་བོད 桥 \u2028"
NAMES = ("id", "device", "kind", "after", "raw", "received_at", "code", "refs", "person")
pytestmark = pytest.mark.django_db(databases="__all__")


def values(text: str = AWKWARD, number: int = 1) -> tuple[Any, ...]:
    raw, refs = text.encode() + b"\x00\xff", {text[:9] or "k": text}
    return uuid7(), uuid7(), text[:40], [text, number], raw, NOON, text[:60], refs, None


def made(row: tuple[Any, ...]) -> Command:
    return Command(**dict(zip(NAMES, row, strict=True)))


def read(command: Command) -> dict[str, Any]:
    found = {field.attname: getattr(command, field.attname) for field in Command._meta.concrete_fields}
    return found | {"raw": bytes(command.raw)}


def stored(command: Command) -> dict[str, Any]:
    return read(Command.objects.get(id=command.id))


def test_values_arrive_as_they_were_with_the_defaults_of_the_rest() -> None:
    row = values()
    assert insert_values(Command, NAMES, [row], using=settings.INTAKE) == 1
    assert stored(made(row)) == read(made(row))


@examples(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_no_text_is_changed_on_the_way(text: str) -> None:
    row = values(text)
    with transaction.atomic(using=settings.INTAKE):
        insert([made(row)], using=settings.INTAKE)
        assert stored(made(row)) == read(made(row))


def test_who_exists_is_left_alone_and_not_counted() -> None:
    old, new = values("old"), values("new")
    insert_values(Command, NAMES, [old], using=settings.INTAKE)
    again = (old[0], *new[1:])
    rows = [again, new]
    assert insert_values(Command, NAMES, rows, ending=IGNORE, using=settings.INTAKE) == 1
    assert stored(made(old))["code"] == "old"
    assert stored(made(new))["code"] == "new"


def test_twice_without_an_ending_is_an_error_of_integrity() -> None:
    row = values()
    insert_values(Command, NAMES, [row], using=settings.INTAKE)
    with pytest.raises(IntegrityError), transaction.atomic(using=settings.INTAKE):
        insert_values(Command, NAMES, [row], using=settings.INTAKE)


@pytest.mark.parametrize("together", [1, 3, 500])
def test_changes_reach_their_own_rows_and_no_others(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TOGETHER", together)
    commands = [made(values(str(n))) for n in range(7)]
    bystander = made(values("bystander"))
    insert([*commands, bystander], using=settings.INTAKE)
    for n, command in enumerate(commands):
        command.state, command.code, command.refs = Command.State.APPLIED, AWKWARD[:60], {"case": n}
        command.decided_at = NOON + timedelta(seconds=n) if n else None
    update_many(commands, ["state", "code", "refs", "decided_at"], using=settings.INTAKE)
    assert [stored(each) for each in [*commands, bystander]] == [
        read(each) for each in [*commands, bystander]
    ]


@pytest.mark.postgresql_only("SQLite keeps what is longer than its column")
def test_what_is_too_long_is_refused_and_not_cut() -> None:
    row = values()
    command, at = made(row), NAMES.index("code")
    insert([command], using=settings.INTAKE)
    command.code = "x" * 61
    with pytest.raises(DataError), transaction.atomic(using=settings.INTAKE):
        update_many([command], ["code"], using=settings.INTAKE)
    with pytest.raises(DataError), transaction.atomic(using=settings.INTAKE):
        insert_values(Command, NAMES, [(uuid7(), *row[1:at], command.code, *row[at + 1 :])], ending=IGNORE)
    assert stored(command)["code"] == row[at]


def test_nothing_to_write_is_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0, using=settings.INTAKE):
        update_many([], ["state"], using=settings.INTAKE)
        insert([], using=settings.INTAKE)
        assert insert_values(Command, NAMES, [], using=settings.INTAKE) == 0
