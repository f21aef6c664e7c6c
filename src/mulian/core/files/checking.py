"""Starts the throw-away child and hears its verdict; the server itself never decodes what came from
outside (G21).
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from mulian.core.files.decoding.verdict import Verdict
from mulian.core.files.storage import full_disk_is_a_problem

WALL_SECONDS = 20.0
"""The longest wait for a verdict: CPU is limited to less, but a child may also be starved."""
ANSWER_BYTES = 4096


def check(path: Path, clean_copy: Path) -> Verdict | None:
    """Decode `path` apart; a clean copy may appear at `clean_copy`. None when the child died without a
    verdict.

    A death says as much about the machine (no memory, killed) as about the file: the caller tries again once.
    """
    with (
        full_disk_is_a_problem(),
        path.open("rb") as original,
        clean_copy.open("w+b") as copy,
        TemporaryFile() as said,
    ):
        code = _run(original, copy, said)
        said.seek(0)
        return _heard(code, said.read(ANSWER_BYTES))


def _run(original: IO[bytes], copy: IO[bytes], said: IO[bytes]) -> int:
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", "mulian.core.files.decoding.child", str(copy.fileno())],
        stdin=original,
        stdout=said,
        stderr=subprocess.DEVNULL,
        pass_fds=(copy.fileno(),),
        env={"MALLOC_ARENA_MAX": "1", "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        return child.wait(timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _heard(code: int, answer: bytes) -> Verdict | None:
    if code != 0:
        return None
    try:
        return Verdict.load(answer)
    except (ValueError, TypeError):
        return None
