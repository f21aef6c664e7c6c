"""A process forked from this one: it has all that was loaded, and nothing to load."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mulian.kernel.problems import Problem

CTRL_C = 130
"""Exit code of what a person stopped."""


def fork(work: Callable[[], int], name: str) -> int:
    """The new process's id. It does `work`, ends with what that returns, and is called `name` in lists of processes."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        with suppress(OSError):
            Path("/proc/self/comm").write_text(name)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_DFL)
        status = work()
    except KeyboardInterrupt:
        status = CTRL_C
    except Problem as problem:
        sys.stderr.write(f"mulian: {problem.title} {problem.meaning.next_step}\n")
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def ended(child: int) -> int:
    """Waits for it; its exit code, or the negative number of the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
