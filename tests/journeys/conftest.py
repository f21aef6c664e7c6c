from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys import servers


@pytest.fixture
def serve(seeded: tuple[Path, str], tmp_path: Path) -> Iterator[Callable[..., servers.Server]]:
    """Starts servers of its own on copies of the seeded folder."""
    with ExitStack() as stack:

        def start(name: str = "demo", *options: str, folder: Path | None = None) -> servers.Server:
            place = folder or tmp_path / name
            return stack.enter_context(servers.copied(*seeded, place, *options)).start()

        yield start


@pytest.fixture(scope="session")
def shared(seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """One running server for all journeys that leave each other's things alone and never stop it."""
    with servers.copied(*seeded, tmp_path_factory.mktemp("shared") / "shared") as server:
        yield server.start()


@pytest.fixture(scope="module")
def own(
    seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[servers.Server]:
    """One running server for the tests of a file; whoever stops it starts it again."""
    folder = tmp_path_factory.mktemp("own") / request.module.__name__.rpartition("_")[2]
    with servers.copied(*seeded, folder) as server:
        yield server.start()
