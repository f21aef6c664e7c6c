"""The built app as it is served: what may be kept, and the kill switch in the worker's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "sw.js", "sw-gone.js", "assets/app-1.js"):
        (tmp_path / name).write_text(f"// {name}")
    monkeypatch.setattr(settings, "MULIAN_FIELD_DIST", tmp_path)
    return Client()


def body(client: Client, path: str) -> bytes:
    return b"".join(client.get(path))


def test_only_hashed_files_are_kept_unchecked(built: Client) -> None:
    assert "immutable" in built.get("/field/assets/app-1.js")["Cache-Control"]
    assert built.get("/field/sw.js")["Cache-Control"] == "no-cache"
    assert built.get("/field/")["Cache-Control"] == "no-cache"


def test_the_kill_switch_takes_the_workers_place_and_its_tag_differs(
    built: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = built.get("/field/sw.js")
    assert body(built, "/field/sw.js") == b"// sw.js"
    monkeypatch.setattr(settings, "MULIAN_FIELD_WITHDRAWN", True)
    after = built.get("/field/sw.js", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert body(built, "/field/sw.js") == b"// sw-gone.js"
    assert after["Content-Security-Policy"] == "default-src 'self'"
    assert body(built, "/field/") == b"// index.html"
