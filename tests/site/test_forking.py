"""Processes that fork from one that has loaded everything."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mulian.kernel.problems import Problem
from mulian.site import demo, forking


def _refuse() -> int:
    raise Problem("not_found")


def _break() -> int:
    raise ValueError("broken on purpose")


def _stop() -> int:
    raise KeyboardInterrupt


def _die() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.mark.parametrize(
    ("work", "status", "said"),
    [
        (lambda: 0, 0, ""),
        (lambda: 7, 7, ""),
        (_refuse, 1, "mulian: "),
        (_break, 1, "ValueError: broken on purpose"),
        (_stop, forking.CTRL_C, ""),
        (_die, -signal.SIGKILL, ""),
    ],
    ids=["well", "a code", "a problem", "a fault", "Ctrl-C", "killed"],
)
def test_how_it_ended_and_why_is_known(
    work: Callable[[], int], status: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert forking.ended(forking.fork(work, "mulian-test")) == status
    told = capfd.readouterr().err
    assert said in told
    assert bool(told) == bool(said)


def _named() -> int:
    return 0 if Path("/proc/self/comm").read_text().strip() == "mulian-test" else 1


def _stopped() -> int:
    os.kill(os.getpid(), signal.SIGTERM)
    return 0


def test_lists_of_processes_have_its_name() -> None:
    assert forking.ended(forking.fork(_named, "mulian-test")) == 0


def test_a_handler_of_the_process_it_came_from_is_not_its_own() -> None:
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        assert forking.ended(forking.fork(_stopped, "mulian-test")) == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)


def _children() -> set[str]:
    """Processes that the thread asking has forked and not yet buried."""
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


def test_what_greets_at_the_demos_start_is_no_thread_and_ends_with_it(tmp_path: Path) -> None:
    wanted = demo.Wanted("gande", "township", tmp_path, 9, lan=False, browser=False, at=None, speed=1.0)
    threads, before = threading.active_count(), _children()

    with demo._welcoming(wanted, tmp_path, "http://127.0.0.1:9", None):
        assert (threading.active_count(), len(_children() - before)) == (threads, 1)

    assert _children() == before
