"""A backup taken under load restores elsewhere, loses no acknowledged report, and is whole or not there (G18)."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from mulian.core.events import erasures
from tests.journeys.browsing import eventually
from tests.journeys.servers import URL, Phone, Server, database, request
from tests.journeys.test_nothing_acknowledged_is_lost import every_text, settled

pytestmark = pytest.mark.slow


def environment(data: Path, url: str) -> dict[str, str]:
    return {**os.environ, "MULIAN_DATA": str(data), "MULIAN_DATABASE_URL": url}


def mulian(*words: object, data: Path, url: str, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mulian", *map(str, words)]
    env = environment(data, url)
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False, **more)


def empty_database() -> str:
    return database("mulian_restored") if URL else ""


def report(server: Server, sent: dict[str, dict[str, Any]], stop: threading.Event) -> None:
    """Sends reports and keeps what was acknowledged, as a phone does for 30 days."""
    phone = Phone(server, server.facts["devices"][0]["token"])
    while not stop.is_set():
        command = phone.command("cases.report", {"text": f"备份试验 {len(sent)}"})
        status, answer = phone.sync(command)
        if status == 200 and answer["receipts"][0]["verdict"] in ("received", "applied"):
            sent[command["id"]] = command


def reported(server: Server) -> list[str]:
    settled(server)
    return sorted(text for text in every_text(server) if text.startswith("备份试验"))


def families(server: Server) -> list[str]:
    """The first households of a village's own ledger, by the API."""
    lead = next(one for one in server.facts["accounts"] if one["role"] == "village_lead")
    path = "/api/v1/households?purpose=test"
    status, body, _ = request(server.port, "GET", path, Authorization=f"Bearer {lead['api_token']}")
    assert status == 200
    return [row["id"] for row in json.loads(body)["items"]]


def erased(family: str) -> erasures.Erasure:
    """A family closed and deleted after the backup, as the list beside it says."""
    data = {"request": family, "extent": "whole", "member": None}
    return erasures.Erasure(
        id=str(uuid4()), name="households.record_erased", subject=family, at="2099-01-01", data=data
    )


def test_g18_a_backup_under_load_restores_elsewhere_and_phones_send_the_rest(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    server, sent, stop = serve(), dict[str, dict[str, Any]](), threading.Event()
    sender = threading.Thread(target=report, args=(server, sent, stop))
    sender.start()
    eventually(lambda: len(sent) > 4, "the server takes reports")
    saved = mulian("backup", tmp_path / "saved", data=server.folder, url=server.database_url)
    stop.wait(0.5)
    stop.set()
    sender.join()
    assert saved.returncode == 0, saved.stdout + saved.stderr
    expected = sorted(each["body"]["text"] for each in sent.values())
    assert reported(server) == expected
    before = Phone(server, server.facts["devices"][0]["token"])
    before.pull()
    family = families(server)[0]
    server.stop()

    erasures.write(tmp_path / erasures.NAME, [erased(family)])
    elsewhere, url = tmp_path / "elsewhere", empty_database()
    done = mulian("restore", tmp_path / "saved", data=elsewhere, url=url)
    assert done.returncode == 0, done.stdout + done.stderr
    again = Server(elsewhere, url).start()
    try:
        came_back = reported(again)
        assert 0 < len(came_back) <= len(expected)
        assert set(came_back) <= set(expected)
        phone = Phone(again, again.facts["devices"][0]["token"], epoch=before.epoch, cursor=before.cursor)
        for command in sent.values():
            assert phone.sync(command)[1]["receipts"][0]["verdict"] in ("received", "applied")
        assert reported(again) == expected
        assert phone.epoch != before.epoch
        assert "NO  event log" not in mulian("doctor", data=elsewhere, url=url).stdout
        assert "erased again, as families had asked after the backup: 1" in done.stdout
        assert family not in families(again)
    finally:
        again.kill()


@pytest.fixture(scope="session")
def proved(seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup of the seeded folder."""
    folder, url = seeded
    place = tmp_path_factory.mktemp("proved") / "saved"
    done = mulian("backup", place, data=folder, url=url)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture
def saved(proved: Path, tmp_path: Path) -> Path:
    """A copy of it that may be broken."""
    return Path(shutil.copytree(proved, tmp_path / "saved"))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".part"))


@pytest.mark.parametrize("seconds", [0.6, 1.2, 2.0])
def test_g18_a_kill_in_the_middle_leaves_no_half_backup_and_no_half_restore(
    saved: Path, seeded: tuple[Path, str], tmp_path: Path, seconds: float
) -> None:
    folder, url = seeded
    fresh = empty_database()
    for words, env, place in (
        (["backup", tmp_path / "cut"], environment(folder, url), tmp_path / "cut"),
        (["restore", saved], environment(tmp_path / "home", fresh), tmp_path / "home"),
    ):
        command = [sys.executable, "-m", "mulian", *map(str, words)]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert process.returncode in (0, -signal.SIGKILL)
        assert place.exists() or process.returncode != 0
    if (tmp_path / "cut").exists():  # killed after it had its name: then it is whole
        whole = mulian("restore", tmp_path / "cut", data=tmp_path / "whole", url=empty_database())
        assert whole.returncode == 0, whole.stdout + whole.stderr
    if (tmp_path / "home").exists():
        assert "NO  event log" not in mulian("doctor", data=tmp_path / "home", url=fresh).stdout
        return
    fresh = empty_database()
    done = mulian("restore", saved, data=tmp_path / "home", url=fresh)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [name for name in left(tmp_path) if "home" in name] == []


def test_g18_a_full_disk_is_said_and_leaves_nothing(
    seeded: tuple[Path, str], saved: Path, tmp_path: Path
) -> None:
    folder, url = seeded

    def full() -> None:
        # The database is a file of ours on SQLite only; elsewhere the files beside it meet the limit.
        most = 5_000 if url else 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    for words, data, address, place in (
        (["backup", tmp_path / "cut"], folder, url, tmp_path / "cut"),
        (["restore", saved], tmp_path / "home", empty_database(), tmp_path / "home"),
    ):
        done = mulian(*words, data=data, url=address, preexec_fn=full)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not place.exists()
        assert left(tmp_path) == []
    if not url:
        assert "not enough room" in done.stderr


@pytest.mark.parametrize("fault", ["missing", "cut", "changed", "no manifest", "rubbish", "outside"])
def test_g18_a_broken_backup_is_refused_before_anything_is_made(
    saved: Path, seeded: tuple[Path, str], tmp_path: Path, fault: str
) -> None:
    database_file = saved / ("mulian.dump" if seeded[1] else "mulian.sqlite3")
    manifest = saved / "manifest.json"
    if fault == "missing":
        database_file.unlink()
    elif fault == "cut":
        os.truncate(database_file, 100_000)
    elif fault == "changed":
        with database_file.open("r+b") as file:
            file.seek(50_000)
            file.write(b"\x00changed\x00")
    elif fault == "no manifest":
        manifest.unlink()
    elif fault == "rubbish":
        manifest.write_text('{"version": 1, "files": []}')
    else:
        found = json.loads(manifest.read_text())
        found["files"]["../out"] = [1, "0" * 64]
        manifest.write_text(json.dumps(found))
    done = mulian("restore", saved, data=tmp_path / "home", url=empty_database())
    assert done.returncode == 1
    assert "This is no whole backup" in done.stderr
    assert not (tmp_path / "home").exists()


def test_g18_what_cannot_fit_is_said_before_it_is_begun(seeded: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = seeded
    env = environment(folder, url) | {"MULIAN_FILES_RESERVE": str(1 << 60)}
    command = [sys.executable, "-m", "mulian", "backup", str(tmp_path / "big")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "not enough room" in done.stderr) == (1, True)
    assert (tmp_path / "big").exists() is False
    assert left(tmp_path) == []


def test_g18_nothing_is_overwritten(saved: Path, seeded: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = seeded
    again = mulian("backup", saved, data=folder, url=url)
    assert (again.returncode, "something at that place" in again.stderr) == (1, True)
    over = mulian("restore", saved, data=folder, url=url)
    assert (over.returncode, "an installation at that place" in over.stderr) == (1, True)
    nothing = mulian("backup", tmp_path / "x", data=tmp_path / "nowhere", url="")
    assert (nothing.returncode, "no installation" in nothing.stderr) == (1, True)


def test_g18_a_damaged_file_of_the_installation_is_named_and_the_rest_saved(
    seeded: tuple[Path, str], tmp_path: Path
) -> None:
    folder, url = seeded
    shutil.copytree(folder, tmp_path / "copy")
    victim = next(path for path in sorted((tmp_path / "copy/blobs").glob("??/*")) if len(path.name) == 64)
    victim.write_bytes(b"rot")
    done = mulian("backup", tmp_path / "rotten", data=tmp_path / "copy", url=url)
    assert done.returncode == 1
    assert victim.name in done.stdout
    assert (tmp_path / "rotten/manifest.json").exists()
    assert (
        mulian("restore", tmp_path / "rotten", data=tmp_path / "home", url=empty_database()).returncode == 0
    )
