"""Writes docs/reference/roles.md from the rules of the register, with the base pack's catalogue."""

from __future__ import annotations

import os

from steps import ROOT, say

PLACE = ROOT / "docs" / "reference" / "roles.md"


def run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulian.settings")
    import django

    django.setup()
    from mulian.modules.households.queries.rights_text import text

    PLACE.write_text(text(), encoding="utf-8")
    say(f"{PLACE.relative_to(ROOT)} written")


if __name__ == "__main__":
    run()
