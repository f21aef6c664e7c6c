"""The `mulian` command as an officer uses it: each in a process of its own, on an empty folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mulian.site import beside
from mulian.site.benching.load import until
from tests.journeys.servers import URL, database, free_port, request

pytestmark = pytest.mark.slow


class Installation:
    """A data folder with its own database."""

    def __init__(self, folder: Path) -> None:
        url = database(f"mulian_{folder.name.replace('-', '_')[:40]}") if URL else ""
        self.env = os.environ | {
            "MULIAN_DATA": str(folder),
            "MULIAN_PACK": "gande",
            "MULIAN_DATABASE_URL": url,
        }
        self.folder = folder

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mulian", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "mulian", *words]
        return subprocess.Popen(
            command, env=self.env, stderr=subprocess.PIPE, text=True, start_new_session=True
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("installed"))
    done = made.run("init", "--pack", "gande", "--data", str(made.folder))
    assert done.returncode == 0, done.stderr
    assert "Sign in as administrator with" in done.stdout
    return made


def test_doctor_finds_a_new_installation_right(installed: Installation) -> None:
    done = installed.run("doctor")
    assert "event log: whole" in done.stdout
    assert "database default: up to date" in done.stdout
    assert [line for line in done.stdout.splitlines() if "NO" in line and "phone app" not in line] == []


def test_doctor_says_what_stands_still_without_a_database(tmp_path: Path) -> None:
    done = Installation(tmp_path / "nothing").run("doctor")
    assert done.returncode == 1
    assert "NO  database default" in done.stdout
    assert "Traceback" not in done.stderr


def test_init_again_keeps_everything_and_makes_no_second_administrator(installed: Installation) -> None:
    done = installed.run("init", "--pack", "gande", "--data", str(installed.folder))
    assert done.returncode == 0, done.stderr
    assert "is up to date" in done.stdout
    assert "Sign in as" not in done.stdout


def test_doctor_sends_given_up_deliveries_round_again(installed: Installation) -> None:
    done = installed.run("doctor", "--revive")
    assert (done.returncode, done.stdout.strip()) == (0, "deliveries sent round again: 0")


def test_doctor_tells_of_the_last_backup(installed: Installation, tmp_path: Path) -> None:
    assert "last backup: none yet" in installed.run("doctor").stdout
    assert installed.run("backup", str(tmp_path / "saved")).returncode == 0
    assert "last backup: 20" in installed.run("doctor").stdout


@pytest.mark.sqlite_only("PostgreSQL needs no folder of its own to serve")
def test_run_without_a_folder_says_so(tmp_path: Path) -> None:
    done = Installation(tmp_path / "nowhere").run("run", "--port", str(free_port()))
    assert done.returncode == 1
    assert "There is no data folder." in done.stderr


def test_enrol_prints_a_code_for_a_known_person_only(installed: Installation) -> None:
    done = installed.run("device", "enrol", "administrator")
    assert done.returncode == 0, done.stderr
    assert "/field/#enrol=" in done.stdout
    unknown = installed.run("device", "enrol", "nobody")
    assert unknown.returncode == 1
    assert "does not exist" in unknown.stderr
    assert "Traceback" not in unknown.stderr


def test_pack_check_and_a_new_pack(installed: Installation, tmp_path: Path) -> None:
    assert installed.run("pack", "check").returncode == 0
    made = installed.run("pack", "new", "632725", "--out", str(tmp_path))
    assert made.returncode == 0, made.stderr
    (folder,) = tmp_path.iterdir()
    assert installed.run("pack", "check", str(folder)).returncode == 0
    assert installed.run("pack", "new", "110101", "--out", str(tmp_path)).returncode == 1


def test_run_serves_and_stops_on_sigterm(installed: Installation) -> None:
    port = free_port()
    server = installed.start("run", "--port", str(port))
    try:
        assert _ready(port, server)
        status, _, headers = request(port, "GET", "/", Accept="text/html")
        assert (status, headers["location"].partition("?")[0]) == (302, "/account/login/")
        [worker] = _workers(server.pid)
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: _workers(server.pid) not in ([worker], []), 30) is not None
        if not URL:
            second = installed.run("run", "--port", str(free_port()))
            assert (second.returncode, "already runs on this data folder" in second.stderr) == (1, True)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    assert server.returncode == 0


@pytest.mark.sqlite_only("SQLite has one writing process")
def test_worker_is_not_needed_on_sqlite(installed: Installation) -> None:
    done = installed.run("worker")
    assert done.returncode == 1
    assert "the server starts its worker itself" in done.stderr


def children(process: int) -> list[int]:
    """Processes that this one began and that live."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(word) for listed in lists for word in listed.read_text().split()]


def _workers(server: int) -> list[int]:
    """Workers beside a server."""
    names = {child: Path(f"/proc/{child}/comm").read_text().strip() for child in children(server)}
    return [child for child, name in names.items() if name == beside.NAME]


def gone(process: int) -> bool:
    """Ended, or ended and not yet noticed by whoever has to."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.postgresql_only("only there a worker has a second applier")
@pytest.mark.parametrize("first", [True, False], ids=["the worker", "its second applier"])
def test_neither_process_of_a_worker_lives_on_without_the_other(installed: Installation, first: bool) -> None:
    worker = installed.start("worker")
    try:
        assert until(lambda: bool(children(worker.pid)), 60) is not None
        [second] = children(worker.pid)
        os.kill(worker.pid if first else second, signal.SIGKILL)
        assert worker.wait(30) == (-signal.SIGKILL if first else 1)
        assert until(lambda: gone(second), 30) is not None
    finally:
        worker.kill()
        worker.wait(60)


@pytest.mark.postgresql_only("only there are workers processes of their own")
def test_worker_stops_on_sigterm(installed: Installation) -> None:
    worker = installed.start("worker")
    try:
        assert until(lambda: bool(children(worker.pid)), 60) is not None
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
    assert worker.returncode == 0


def _ready(port: int, server: subprocess.Popen[str]) -> bool:
    for _ in range(600):
        try:
            return request(port, "GET", "/healthz")[0] == 200
        except OSError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            return False
    return False
