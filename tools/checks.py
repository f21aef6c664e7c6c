"""Everything that is checked without running the product. All parts run even after one fails.

python tools/checks.py [lint types arch i18n packs field docs locks licences …]     (none named: all)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

import frontend
from steps import ROOT, VENV, Failed, main, say

BIN = VENV / "bin"


def run(*command: object, cwd: str = ".", env: dict[str, str] | None = None) -> bool:
    return subprocess.call([str(word) for word in command], cwd=ROOT / cwd, env=env) == 0


def lint() -> bool:
    """Style: ruff's rules and its one format."""
    rules = run(BIN / "ruff", "check", "--quiet", ".")
    return run(BIN / "ruff", "format", "--check", "--quiet", ".") and rules


def types() -> bool:
    """mypy, strict where pyproject.toml says so."""
    return run(BIN / "mypy", "--no-error-summary")


def arch() -> bool:
    """Who may import whom (.importlinter)."""
    return run(BIN / "lint-imports", "--no-logo", env=dict(os.environ, PYTHONPATH="src"))


def i18n() -> bool:
    """No untranslated string, no broken placeholder, Tibetan as it is written."""
    return run(sys.executable, "tools/messages.py", "check")


def packs() -> bool:
    """Every county pack is valid and its own examples reach whom they name."""
    return run(BIN / "mulian", "pack", "check")


def field() -> bool:
    """The phone app's types."""
    frontend.install("field")
    command, env = frontend.npm_command("run", "check")
    return run(*command, cwd="field", env=env)


def docs() -> bool:
    """Links lead somewhere; every setting, command and guarantee is written up."""
    return run(BIN / "pytest", "-q", "tests/architecture/test_docs.py")


def locks() -> bool:
    """Lock files are in step with what they lock, hashed, and name no index."""
    return run(sys.executable, "tools/locks.py", "check")


def licences() -> bool:
    """Everything we ship or need is under a known licence and named in NOTICE."""
    return run(sys.executable, "tools/licences.py", "check")


PARTS: dict[str, Callable[[], bool]] = {
    part.__name__: part for part in (lint, types, arch, i18n, packs, field, docs, locks, licences)
}


def work() -> None:
    names = sys.argv[1:] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        raise Failed(f"unknown: {', '.join(sorted(unknown))}", f"Known: {', '.join(PARTS)}")
    broken = []
    for name in names:
        started = time.monotonic()
        ok = PARTS[name]()
        verdict = "ok    " if ok else "FAILED"
        say(f"{verdict} {name} ({time.monotonic() - started:.0f} s): {PARTS[name].__doc__}")
        if not ok:
            broken.append(name)
    if broken:
        raise Failed(f"Checks failed: {', '.join(broken)}", f"One alone: make {broken[0]}")


if __name__ == "__main__":
    main(work)
