"""What every template must keep to, whoever includes it."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "src/mulian"
TAG = re.compile(r"<[a-z]+\s[^<>]*hx-post=[^<>]*>")


def test_what_is_sent_by_htmx_names_where_the_answer_goes() -> None:
    """A fragment set into a slot inherits `find [data-slot]`, finds no slot in itself, and a press does nothing."""
    sent = {
        f"{path.relative_to(SOURCES)}: {tag[0][:90]}": "hx-target=" in tag[0]
        for path in sorted(SOURCES.rglob("templates/**/*.html"))
        for tag in TAG.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(sent) > 10
    assert [where for where, named in sent.items() if not named] == []
