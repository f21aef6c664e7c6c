"""Full disks, dying children, lost bytes, many phones at once: nothing is acknowledged that is not safe
(F9, F4).
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mulian.core.files import inspection
from mulian.core.files.inspection import check, check_due
from mulian.core.files.models import Blob, Upload
from mulian.core.files.parts import Part
from mulian.core.files.storage import Storage
from tests.core.files import samples
from tests.core.files.conftest import AT, Phone, sha

VOICE = samples.voice("audio/webm", 2.0)
PHOTO = samples.picture("image/png", (900, 700), compress_level=0)


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A real file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system; the limit of a process is tested instead")
    settings.MULIAN_DATA, settings.MULIAN_FILES_RESERVE = disk, 0
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.django_db
def test_disk_that_fills_up_answers_507_and_goes_on_when_there_is_room(
    phone: Phone, small_disk: Path
) -> None:
    assert len(PHOTO) > 1024 * 1024
    (ballast := small_disk / "ballast").write_bytes(b"x" * 300_000)
    small = PHOTO[:500_000]
    assert phone.announce(small).status_code == 201
    ballast.write_bytes(b"x" * 700_000)
    full = phone.patch(sha(small), 0, small)
    assert (full.status_code, full["X-Problem"]) == (507, "disk_full")
    assert Blob.objects.count() == 0
    ballast.unlink()
    here = int(phone.head(sha(small))["Upload-Offset"])
    assert 0 < here < len(small)
    assert phone.patch(sha(small), here, small[here:]).status_code == 422
    assert (small_disk / "blobs" / sha(small)[:2] / sha(small)).read_bytes() == small


@pytest.mark.django_db
def test_bytes_the_disk_took_but_cannot_hold_fast_are_not_acknowledged(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.announce(VOICE)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        answer = phone.patch(sha(VOICE), 0, VOICE)
    assert (answer.status_code, answer["X-Problem"], Blob.objects.count()) == (507, "disk_full", 0)
    assert phone.head(sha(VOICE))["Upload-Offset"] == "0"
    assert phone.patch(sha(VOICE), 0, VOICE).status_code == 204


@pytest.mark.django_db
def test_disk_without_reserve_refuses_at_the_announcement(phone: Phone, settings: Any) -> None:
    settings.MULIAN_FILES_RESERVE = 1 << 60
    answer = phone.announce(VOICE)
    assert (answer.status_code, answer["X-Problem"]) == (507, "disk_full")


def test_limit_of_the_operating_system_is_a_full_disk(tmp_path: Path) -> None:
    """In a child whose files may have 100,000 bytes: what fits stays, the rest is `disk_full`."""
    program = f"""
        import resource
        from pathlib import Path
        from mulian.core.files.parts import Part
        from mulian.kernel.problems import Problem
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        part = Part(Path({str(tmp_path / "x.part")!r}))
        try:
            with part.writing(0) as writer:
                for _ in range(4):
                    writer.append(b"x" * 30_000)
        except Problem as problem:
            print(problem.code, problem.status, part.size(), part.lease_path.exists())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["disk_full", "507", "100000", "False"]


def test_server_killed_while_receiving_keeps_what_it_took_and_goes_on_at_once(tmp_path: Path) -> None:
    program = f"""
        import os, signal
        from pathlib import Path
        from mulian.core.files.parts import Part
        with Part(Path({str(tmp_path / "x.part")!r})).writing(0) as writer:
            for piece in range(100):
                writer.append(bytes([piece]) * 1000)
                if piece == 41:
                    os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False, timeout=60)
    part = Part(tmp_path / "x.part")
    assert (done.returncode, part.size(), part.lease_path.exists()) == (-9, 42_000, True)
    with part.writing(42_000) as writer:
        for piece in range(42, 100):
            writer.append(bytes([piece]) * 1000)
    assert part.path.read_bytes() == b"".join(bytes([piece]) * 1000 for piece in range(100))
    assert not part.lease_path.exists()


@pytest.mark.django_db
def test_child_that_dies_is_tried_again_and_the_second_death_refuses(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mulian.core.files.checking.WALL_SECONDS", 0.0)
    assert phone.send(VOICE).status_code == 204
    assert Blob.objects.get().state == "checking"
    assert phone.read(sha(VOICE))["X-Problem"] == "files.not_here_yet"
    assert check_due(AT) == 1
    assert (Blob.objects.get().state, Blob.objects.get().code) == ("refused", "files.unreadable")


@pytest.mark.django_db
def test_busy_server_leaves_the_check_to_the_worker(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.0)
    with inspection._children, inspection._children:
        assert phone.send(VOICE).status_code == 204
    assert Blob.objects.get().state == "checking"
    assert check_due(AT) == 1
    assert (Blob.objects.get().state, check_due(AT)) == ("ready", 0)


@pytest.mark.django_db
def test_bytes_lost_with_an_old_disk_are_asked_for_again(
    phone: Phone, place: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.0)
    with inspection._children, inspection._children:
        phone.send(VOICE)
    place.forget(sha(VOICE))
    check(sha(VOICE), AT + timedelta(minutes=1))
    assert (Blob.objects.get().state, Upload.objects.count()) == ("part", 0)
    assert phone.send(VOICE).status_code == 204
    assert Blob.objects.get().state == "ready"
