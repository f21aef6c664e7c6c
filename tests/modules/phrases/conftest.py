from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

WORDS = {
    "zh-Hans": {
        "report.save": "保存",
        "rate.save": "保存",
        "net.unsent": "{n} 条待发送",
        "time.date": "{y}年{m}月{d}日",
    },
    "bo": {
        "report.save": "ཉར་ཚགས",
        "rate.save": "ཉར་ཚགས",
        "net.unsent": "སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད {n}",
        "time.date": "{y}ལོའི་ཟླ་{m}ཚེས་{d}",
    },
    "en": {
        "report.save": "Save",
        "rate.save": "Save",
        "net.unsent": "{n} waiting",
        "time.date": "{y}-{m}-{d}",
    },
}


@pytest.fixture(autouse=True)
def built(settings: Any, tmp_path: Path) -> None:
    """A phone app of four labels, and room for files."""
    settings.MULIAN_FIELD_DIST = tmp_path / "dist"
    settings.MULIAN_FIELD_DIST.mkdir()
    (settings.MULIAN_FIELD_DIST / "words.json").write_text(json.dumps(WORDS), encoding="utf-8")
    settings.MULIAN_DATA = tmp_path
