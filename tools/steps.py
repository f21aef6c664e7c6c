"""What the bootstrap scripts share: commands with plain progress, stamps of finished work, plain failures."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LOG = VENV / "setup.log"

# What package managers print when something outside this project is wrong, and what to do about it.
CAUSES = (
    (
        r"No space left on device|ENOSPC|Errno 28",
        "The disk is full.",
        "Free about 1 GB and run the same command again.",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "A downloaded package is not the one this project was tested with, so it was not installed.",
        "Run the same command again; if it stays, the package index serves altered files: tell us.",
    ),
    (
        r"name resolution|establish a new connection|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET"
        r"|ETIMEDOUT|timed out|ProxyError|Cannot connect to proxy|unreachable|No matching distribution found",
        "The package index cannot be reached.",
        "Check the network or the proxy and run the same command again; later starts need no network.",
    ),
    (r"Permission denied|EACCES", "A file may not be written.", "Run as the user who owns this folder."),
)


class Failed(Exception):
    """Something a person has to mend: what happened, then what to do."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what)
        self.what, self.next_step = what, next_step


def say(line: str) -> None:
    print(line, flush=True)


def _lines(command: list[str], cwd: Path, env: dict[str, str] | None) -> Iterator[str]:
    """Runs a command, gives its output line by line, then fails if it failed."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    yield from process.stdout
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)


def run(
    what: str,
    command: Iterable[str | Path],
    *,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    progress: Callable[[str], str | None] = lambda line: None,
) -> None:
    """Runs one step; its full output goes to the log, `progress(line)` says what a person sees of it."""
    words, tail, shown = [str(word) for word in command], [], 0.0
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"\n== {what}\n$ {' '.join(words)}\n")
        try:
            for line in _lines(words, cwd, env):
                log.write(line)
                tail = [*tail[-40:], line.rstrip()]
                note = progress(line)
                if note and time.monotonic() - shown > 2:
                    say(f"  {note}")
                    shown = time.monotonic()
        except (subprocess.CalledProcessError, OSError) as error:
            raise explain(what, [*tail, str(error)]) from error


def explain(what: str, tail: list[str]) -> Failed:
    """Turns the end of a command's output into one plain sentence and a next step."""
    text = "\n".join(tail)
    for pattern, happened, next_step in CAUSES:
        if re.search(pattern, text):
            return Failed(f"{what}: {happened}", next_step)
    end = "\n".join(f"    {line}" for line in tail[-12:])
    return Failed(f"{what} failed. The last lines were:\n{end}", f"All of it is in {LOG.relative_to(ROOT)}.")


def digest(*parts: Path | str) -> str:
    """One hash over texts, files and all files below folders (built and downloaded folders left out)."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(part.encode() + b"\0")
            continue
        for path in files(part):
            total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    found = []
    for folder, names, leaves in os.walk(part):
        names[:] = [
            n for n in names if n not in ("node_modules", "dist", "coverage", "test-results") and n[0] != "."
        ]
        found += [Path(folder) / leaf for leaf in leaves]
    return sorted(found)


def done(step: str, value: str) -> bool:
    """Whether this step was last finished with exactly this input."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == value


def finish(step: str, value: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(value)


def main(work: Callable[[], None]) -> None:
    """Runs a script's work; failures end in two plain lines, an interrupt in one."""
    try:
        work()
    except Failed as failure:
        sys.exit("\n".join(filter(None, (failure.what, failure.next_step))))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EROFS):
            raise
        failure = explain("A file could not be written", [str(error)])
        sys.exit("\n".join(filter(None, (failure.what, failure.next_step))))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to go on.")
