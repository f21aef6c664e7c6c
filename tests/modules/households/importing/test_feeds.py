"""Feeds of departments: a folder or an https address, by the path of all tables, each content once, failures shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.translation import gettext, override

from mulian.core.access.models import Person
from mulian.core.sheets.writing import Sheet, csv_bytes
from mulian.kernel.problems import PROBLEMS, Problem
from mulian.modules.households.actions import feeding
from mulian.modules.households.actions.importing import problems
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.domain.feeds import NotAFeed, feed
from mulian.modules.households.models import Feed, Household, Import
from tests.world import AT, COUNTY, VILLAGE, World

HOUR = timedelta(hours=1)


def settings_of(place: Path | str, **more: Any) -> Any:
    row = {"place": str(place), "source": "县医保局", "purpose": "核对参保", "every_hours": 1, **more}
    return override_settings(MULIAN_FEEDS={"cover": row})


def put(folder: Path, name: str, *heads: str) -> None:
    rows = [[head, "恰曲纳合村", "1980", f"0007{turn:04d}"] for turn, head in enumerate(heads)]
    (folder / name).write_bytes(csv_bytes(Sheet(name="", titles=["户主", "村", "出生年", "电话"], rows=rows)))


def test_each_content_of_a_folder_is_taken_once_and_waits_for_a_person(world: World, tmp_path: Path) -> None:
    put(tmp_path, "1.csv", "甲新云")
    with settings_of(tmp_path):
        assert feeding.take_due(AT) == 1
        assert feeding.take_due(AT + HOUR / 2) == 0
        assert feeding.take_due(AT + HOUR) == 1
        assert Import.objects.count() == 1
        put(tmp_path, "2.csv", "乙新云")
        feeding.take_due(AT + 2 * HOUR)

    assert list(Import.objects.order_by("created_at").values_list("file_name", "state", "by")) == [
        ("1.csv", "mapping", None), ("2.csv", "mapping", None),
    ]  # fmt: skip
    assert Feed.objects.get().problem == ""


def test_one_that_goes_on_by_itself_does_so_only_where_nothing_is_doubtful(
    world: World, tmp_path: Path
) -> None:
    put(tmp_path, "1.csv", "甲新云", "乙新云")
    with settings_of(tmp_path, by_itself=True):
        feeding.take_due(AT)
        work_on(AT)
        assert Import.objects.get().counts == {"applied": 2}
        near = Household.unscoped.because("a test looks").get(id=world.households["near"])
        put(tmp_path, "2.csv", near.name, "丙新云")
        feeding.take_due(AT + HOUR)
        work_on(AT + HOUR)

    assert Import.objects.order_by("-created_at")[0].state == "looking"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("/nowhere/at/all", "households.feed_empty"),
        ("https://127.0.0.1/a.csv", "households.feed_silent"),
        ("https://169.254.169.254/latest", "households.feed_silent"),
    ],
)
def test_what_fails_is_shown_and_asked_again(world: World, place: str, code: str) -> None:
    with settings_of(place):
        assert feeding.take_due(AT) == 1
        with pytest.raises(Problem) as refused:
            feeding.take_feed(feeding.feed_named("cover"), AT)

    assert refused.value.code == code
    assert Feed.objects.values_list("problem", "due_at").get() == (code, AT + HOUR)
    assert not Import.objects.exists()


def test_a_link_in_the_folder_is_not_followed(world: World, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "in"
    outside.mkdir()
    folder.mkdir()
    put(outside, "secret.csv", "甲新云")
    (folder / "a.csv").symlink_to(outside / "secret.csv")

    with settings_of(folder), pytest.raises(Problem) as refused:
        feeding.take_feed(feeding.feed_named("cover"), AT)

    assert refused.value.code == "households.feed_empty"


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"place": "/a", "source": "县医保局"},
        {"place": "http://a.example/x.csv", "source": "a", "purpose": "b"},
        {"place": "/a", "source": "县公安局", "purpose": "b"},
        {"place": "/a", "source": "民宗局", "purpose": "b"},
    ],
)
def test_g1_what_is_no_feed_and_who_is_no_source(row: dict[str, str]) -> None:
    with pytest.raises(NotAFeed):
        feed("x", row, COUNTY)


def test_defaults_of_a_feed() -> None:
    found = feed("x", {"place": "/a", "source": "医保局", "purpose": "b", "area": VILLAGE}, COUNTY)

    assert (found.area, found.known_by, found.every, found.by_itself) == (
        VILLAGE, Source.OFFICE, timedelta(days=1), False,
    )  # fmt: skip


def test_what_failed_is_said_on_the_page_of_tables_also_by_a_server_that_never_ran_a_feed(
    world: World, tmp_path: Path
) -> None:
    """The worker writes the code, the server shows it: its words belong to what both read."""
    told = Path(problems.__file__).read_text(encoding="utf-8")
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["county_duty"]))
    for code in (
        "households.feed_empty",
        "households.feed_silent",
        "sheets.unreadable",
        "households.old_code",
    ):
        Feed.objects.update_or_create(name="cover", defaults={"asked_at": AT, "due_at": AT, "problem": code})
        with settings_of(tmp_path):
            answer = client.get("/households/tables/")
        assert answer.status_code == 200
        known = PROBLEMS.get(code)
        with override("zh-hans"):
            words = gettext(known.title) if known else code
        assert words in answer.content.decode()
        assert not code.startswith("households.feed") or f'"{code}"' in told
