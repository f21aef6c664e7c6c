"""Runs one of the bench's writers inside a demo folder, before its server starts: `python -m bench.inside liaison`."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def ask(folder: Path, database_url: str, writer: str, *words: str) -> list[dict[str, Any]]:
    """What the writer printed, one object a line; it ran as a process of its own."""
    inside = {"MULIAN_DATABASE_URL": database_url, "MULIAN_DATA": str(folder), "MULIAN_DEMO": "true"}
    env = os.environ | inside | {"DJANGO_SETTINGS_MODULE": "mulian.settings"}
    command = [sys.executable, "-m", "bench.inside", writer, *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    from mulian.site import preparing

    preparing.setup()
    for line in importlib.import_module(f"bench.{sys.argv[1]}").write(sys.argv[2:]):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
