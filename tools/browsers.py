"""Finds the machine's own Chromium; test tools' private downloads of a browser are never used."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")


def chromium() -> str | None:
    """The program's path; MULIAN_CHROMIUM names one by hand."""
    by_hand = os.environ.get("MULIAN_CHROMIUM")
    return by_hand or next((path for name in NAMES if (path := shutil.which(name))), None)
