"""Reads settings from the environment and fails loudly on nonsense. Secrets may come as `NAME_FILE`."""

from __future__ import annotations

import os
from pathlib import Path


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """`true`/`false` only; anything else stops the start."""
    raw = os.environ.get(name, "")
    if raw.lower() not in ("", "true", "false"):
        raise ValueError(f"{name} must be true or false, not {raw!r}")
    return raw.lower() == "true" if raw else default


def listing(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(name: str, default: str) -> str:
    """The value, or the content of the file named by `NAME_FILE` (so that it stays out of process lists)."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)
