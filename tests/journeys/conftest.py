from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys import servers


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One demo folder with the township's people, made once and copied by each journey."""
    folder = tmp_path_factory.mktemp("seeded")
    return folder, servers.seed(folder)


@pytest.fixture
def serve(seeded: tuple[Path, str], tmp_path: Path) -> Iterator[Callable[..., servers.Server]]:
    """Starts servers of its own on copies of the seeded folder."""
    with ExitStack() as stack:

        def start(name: str = "demo", *options: str, folder: Path | None = None) -> servers.Server:
            place = folder or tmp_path / name
            return stack.enter_context(servers.copied(*seeded, place, *options)).start()

        yield start


@pytest.fixture(scope="module")
def shared(
    seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[servers.Server]:
    """One running server for the journeys of a file that leave each other's things alone."""
    folder = tmp_path_factory.mktemp("shared") / request.module.__name__.rpartition("_")[2]
    with servers.copied(*seeded, folder) as server:
        yield server.start()
