"""Makes everything the project runs with: .venv from hash-locked packages, web assets, compiled translations.

Run by `make`; standard library only, because it runs before anything is installed. Finished steps are
stamped by a hash of their input, so a later start takes a fraction of a second and needs no network.
Usage: python tools/setup.py [ocr] [dev]     (ocr adds the reader of papers, dev that and what checks and tests need)
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frontend
from steps import LOG, PYTHON, ROOT, STAMPS, VENV, digest, done, finish, main, run, say

REQUIREMENTS = ROOT / "requirements"


def pip(what: str, *arguments: str | Path, progress: Callable[[str], str | None] = lambda line: None) -> None:
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME", "PIP_USER")
    }
    quiet = ["--disable-pip-version-check", "--no-input", "--retries", "2"]
    run(what, [PYTHON, "-m", "pip", "install", *quiet, *arguments], env=env, progress=progress)


def environment() -> None:
    """A working .venv at this place; a move of its folder or of its Python breaks an environment."""
    if (
        done("environment", str(VENV))
        and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    ):
        return
    say(f"Making the environment .venv with {sys.executable} ({sys.version.split()[0]}) …")
    shutil.rmtree(VENV, ignore_errors=True)
    run("Making the environment", [sys.executable, "-m", "venv", "--clear", VENV])
    finish("environment", str(VENV))


def packages(name: str, *locks: str) -> None:
    """Installs lock files: exactly the listed packages, each checked against its hash."""
    paths = [REQUIREMENTS / f"{lock}.txt" for lock in locks]
    value = digest(*paths)
    if done(name, value):
        return
    total = sum(len(re.findall(r"^\S+==", path.read_text(), re.M)) for path in paths)
    say(f"Installing {total} Python packages for the {name} …")
    seen = 0

    def progress(line: str) -> str | None:
        nonlocal seen
        seen += line.startswith(("Collecting ", "Requirement already"))
        return (
            f"{seen} of {total}"
            if line.startswith("Collecting ")
            else line.strip() * line.startswith("Installing")
        )

    wanted = [word for path in paths for word in ("-r", path)]
    pip(f"Installing the Python packages for the {name}", "--require-hashes", *wanted, progress=progress)
    finish(name, value)


def project() -> None:
    """Installs the project itself, in place: its command and its entry points."""
    value = digest(ROOT / "pyproject.toml")
    if done("project", value):
        return
    say("Installing Mulian into it …")
    pip("Installing Mulian", "--no-deps", "--no-build-isolation", "-e", ROOT)
    finish("project", value)


def translations() -> None:
    """Compiles the message catalogues; done here because compiled files are not kept in the repository."""
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    value = digest(*catalogues, ROOT / "tools" / "messages.py")
    if done("translations", value) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    say("Compiling the translations …")
    run("Compiling the translations", [PYTHON, ROOT / "tools" / "messages.py", "compile"])
    finish("translations", value)


def inside() -> None:
    """The steps that run with the environment's own Python."""
    LOG.unlink(missing_ok=True)
    started, before = time.monotonic(), stamps()
    packages("server", "runtime", "build")
    project()
    if "dev" in sys.argv[1:]:
        packages("checks and tests", "dev")
    if {"dev", "ocr"} & set(sys.argv[1:]):
        packages("reader of papers", "ocr")
    translations()
    frontend.build_all()
    if stamps() != before:
        say(f"Ready in {time.monotonic() - started:.0f} s.")


def stamps() -> dict[str, str]:
    return {path.name: path.read_text() for path in STAMPS.glob("*")}


def work() -> None:
    with (ROOT / "Makefile").open() as only_one_at_a_time:
        try:
            fcntl.flock(only_one_at_a_time, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another make is preparing this folder; waiting for it …")
            fcntl.flock(only_one_at_a_time, fcntl.LOCK_EX)
        if Path(sys.prefix) != VENV:
            environment()
        elif done("environment", str(VENV)):
            inside()
            return
    again = PYTHON if Path(sys.prefix) != VENV else Path(getattr(sys, "_base_executable", "python3"))
    sys.exit(subprocess.call([again, __file__, *sys.argv[1:]]))


if __name__ == "__main__":
    main(work)
