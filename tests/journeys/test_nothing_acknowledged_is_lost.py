"""Kill -9 at any point: every acknowledged report is a case, once (guarantees G11, G16)."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from mulian.kernel.ids import uuid7
from tests.journeys.browsing import eventually
from tests.journeys.servers import Phone, Server, free_port, request

pytestmark = pytest.mark.slow


def every_text(server: Server) -> list[str]:
    texts: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = server.api(f"/cases?limit=200{f'&cursor={cursor}' if cursor else ''}")
        texts += [case["text"] for case in page["items"]]
        cursor = page["next"]
    return texts


def settled(server: Server) -> None:
    """Waits until nothing is left to apply."""
    token = server.account("county_duty")["api_token"]

    def done() -> bool:
        body = request(server.port, "GET", "/metrics", Authorization=f"Bearer {token}")[1].decode()
        return "mulian_commands_waiting 0\n" in body and "mulian_events_unstamped 0\n" in body

    eventually(done, "nothing is left to apply or to stamp")


def push(server: Server, phone: Phone, acknowledged: set[str], stop: threading.Event) -> None:
    while not stop.is_set():
        text = f"断电试验 {uuid7()}"
        try:
            status, answer = phone.sync(phone.command("cases.report", {"text": text}))
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            stop.wait(0.1)  # killed, or so busy that it did not answer in time: a phone tries again
            continue
        if status == 200 and answer["receipts"][0]["verdict"] in ("received", "applied"):
            acknowledged.add(text)


def test_g16_killed_five_times_under_load(serve: Callable[..., Server]) -> None:
    server, acknowledged = serve(), set[str]()
    chance = random.Random(7)
    for _ in range(5):
        stop = threading.Event()
        phones = [Phone(server, device["token"]) for device in server.facts["devices"][:4]]
        pushers = [
            threading.Thread(target=push, args=(server, phone, acknowledged, stop)) for phone in phones
        ]
        before = len(acknowledged)
        for pusher in pushers:
            pusher.start()
        eventually(lambda: len(acknowledged) > before + 4, "the server takes reports")  # noqa: B023
        stop.wait(chance.uniform(0.0, 1.2))
        server.kill()
        stop.set()
        for pusher in pushers:
            pusher.join()
        server.start()
    settled(server)
    texts = [text for text in every_text(server) if text.startswith("断电试验")]
    assert acknowledged - set(texts) == set()
    assert len(texts) == len(set(texts))


def refusal(folder: Path, port: int) -> str:
    """What `mulian demo` says when it cannot start."""
    command = [
        sys.executable,
        "-m",
        "mulian",
        "demo",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--no-browser",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_second_server_on_the_folder_and_a_taken_port_are_refused_plainly(
    own: Server, tmp_path: Path
) -> None:
    assert "already runs on this data folder" in refusal(own.folder, free_port())
    assert f"Port {own.port} is already taken" in refusal(tmp_path / "other", own.port)


def test_a_server_stops_cleanly_says_so_and_starts_with_the_same_facts(own: Server) -> None:
    before = own.facts
    assert own.stop() == 0
    assert "Nothing is lost" in own.output()
    assert "Traceback" not in own.output()
    own.start()
    assert own.facts == before


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own that can be filled."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount a small disk (root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.sqlite_only("the data folder holds the database")
def test_g11_a_full_disk_acknowledges_nothing_and_loses_nothing(
    serve: Callable[..., Server], seeded: tuple[Path, str], tmp_path: Path
) -> None:
    size = sum(path.stat().st_blocks * 512 for path in seeded[0].rglob("*")) // 2**20
    with small_disk(tmp_path / "disk", size + 24) as disk:
        server = serve(folder=disk)
        phone = Phone(server, server.facts["devices"][0]["token"])
        with (disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):  # until it is full
            while True:
                ballast.write(b"\0" * 65536)
        lost = [phone.command("cases.report", {"text": f"磁盘满 {n}" + "满" * 3000}) for n in range(60)]
        answers = [phone.sync(command) for command in lost]
        refused = [command for command, (status, _) in zip(lost, answers, strict=True) if status != 200]
        assert refused, "the disk was never full"
        assert {(s, a.get("code")) for s, a in answers if s != 200} == {(507, "disk_full")}
        (disk / "ballast").unlink()
        for command in lost:
            status, answer = phone.sync(command)
            assert (status, answer["receipts"][0]["verdict"] in ("received", "applied")) == (200, True)
        settled(server)
        texts = [text for text in every_text(server) if text.startswith("磁盘满")]
        assert len(texts) == len(set(texts)) == 60
        server.kill()
