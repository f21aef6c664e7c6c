"""What every test gets: databases and data in a temporary folder, no network but this machine, a browser
where there is one.

Tests that need a browser carry the mark `browser` and use the fixture `chromium`; tests of one database
only carry `sqlite_only` or `postgresql_only`. Where what they need is missing they are skipped with a
sentence that says so; with CI=true a skip is a failure, except of tests that belong to the other
database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import blocking_manager_key

sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))
import browsers  # type: ignore[import-not-found]

from tests import guard, together

if TYPE_CHECKING:
    from tests.world import World

STRICT = os.environ.get("CI", "").lower() == "true"
ON_POSTGRESQL = os.environ.get("MULIAN_DATABASE_URL", "").startswith("postgres")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only(reason): tests what only SQLite does")
    config.addinivalue_line("markers", "postgresql_only(reason): tests what only PostgreSQL does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out, not skips, what runs in the other database's turn; what knows no database runs in SQLite's."""
    other = "sqlite_only" if ON_POSTGRESQL else "postgresql_only"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    elsewhere += [item for item in items if ON_POSTGRESQL and _knows_no_database(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        left_out = set(elsewhere)
        items[:] = [item for item in items if item not in left_out]
    if browsers.chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine (Debian: apt-get install chromium)")
                )


def _knows_no_database(item: pytest.Item) -> bool:
    """Neither asks for one (without asking it gets none) nor starts a server or command that has one."""
    asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    marks = ("django_db", "slow", "postgresql_only")
    return not asks and not any(item.get_closest_marker(mark) for mark in marks)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """With CI=true a skipped test fails the run: nothing may be silently left out."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if STRICT and reporter is not None and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing a test writes lands in the source tree."""
    from django.conf import settings

    before = settings.MULIAN_DATA, settings.STATIC_ROOT
    settings.MULIAN_DATA = tmp_path_factory.mktemp("data")
    settings.STATIC_ROOT = settings.MULIAN_DATA / "static"
    settings.STATIC_ROOT.mkdir()
    yield settings.MULIAN_DATA
    settings.MULIAN_DATA, settings.STATIC_ROOT = before


@pytest.fixture(scope="session")
def django_db_modify_db_settings(data_folder: Path) -> None:
    """Test databases on SQLite are files (threads share them) in the temporary folder.

    They need not survive a power cut; the real servers of the journeys keep synchronous=FULL.
    """
    from django.conf import settings

    guard.no_types_and_permissions()
    for alias, database in settings.DATABASES.items():
        if "postgresql" not in database["ENGINE"]:
            database.setdefault("TEST", {})["NAME"] = str(data_folder / f"{alias}.sqlite3")
            options = database["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    if together.FOLDER:
        together.lend_tables(settings.DATABASES)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Tables that were lent are used as they are; they end with the folder or server they are in."""
    return together.FOLDER is not None or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """What a process remembers of access is of the test before: the version number starts again with each.

    The thread that takes commands in ends with the test: its connection would keep the database from being dropped.
    """
    from mulian.core.access import actors, api_tokens, devices
    from mulian.core.sync import enrolling, heartbeat, rates
    from mulian.core.sync.intake import WRITER
    from mulian.modules.households.actions import searching

    for remembered in (
        actors._cache,
        api_tokens._cache,
        devices._cache,
        heartbeat._gathered,
        heartbeat._seen,
        rates.PLAIN,
        rates.URGENT,
        enrolling.GUESSES.each.buckets,
        enrolling.GUESSES.all.buckets,
        searching.SEARCHES.buckets,
    ):
        remembered.clear()
    yield
    WRITER.stop()


def _ends_with_a_flush(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def whole_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions end with a flush: the log's guard steps aside for it."""
    if not _ends_with_a_flush(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    guard.only_what_is_held()
    yield
    guard.lift()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a flush the guard and the rows of migrations return, whatever kind of test comes next."""
    yield
    if nextitem is not None and _ends_with_a_flush(item):
        with item.config.stash[blocking_manager_key].unblock():
            guard.restore()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The cast of tests/world; requests happen at its moment, whatever day the machine has."""
    from mulian.kernel import clock
    from tests import world as cast

    with clock.use(clock.FixedClock(cast.AT)):
        yield cast.build()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A demo folder with the township's people and the address of its database, to be copied, never served."""
    return together.seeded(tmp_path_factory.mktemp("seeded"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's Chromium."""
    from playwright.sync_api import expect

    from tests.journeys.browsing import PATIENCE

    path = browsers.chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    expect.set_options(timeout=PATIENCE)
    return path


@pytest.fixture(scope="session")
def chromium_options(chromium: str) -> dict[str, object]:
    """How Playwright starts it: with a made-up microphone and camera, and without calls to its maker."""
    return {
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
        ],
    }
