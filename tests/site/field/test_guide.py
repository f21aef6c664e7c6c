"""What a county gives all its phones: places with points, dangers, teaching clips."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mulian.core import packs
from mulian.core.areas.models import Area
from mulian.site.field import clips
from tests.world import GRID, TOWNSHIPS, VILLAGE, VILLAGE2, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    monkeypatch.setattr(settings, "MULIAN_DATA", tmp_path)
    build()
    Area.objects.filter(code__in=[VILLAGE, VILLAGE2]).update(lat=33.8, lon=100.2)
    return Client()


def put(tmp_path: Path, name: str, content: bytes) -> str:
    (tmp_path / "clips").mkdir(exist_ok=True)
    (tmp_path / "clips" / name).write_bytes(content)
    return sha256(content).hexdigest()


def test_a_phone_learns_the_townships_and_the_villages_of_its_own(client: Client) -> None:
    near = client.get("/field/guide", {"area": GRID}).json()
    unknown = client.get("/field/guide", {"area": "x"}).json()

    townships = sorted(point.code for point in packs.load("gande").points)
    assert [each["code"] for each in near["places"]] == [*townships, VILLAGE, VILLAGE2]
    first = near["places"][0]
    assert (first["code"], first["level"], first["zh"]) == (TOWNSHIPS[1], "township", "柯曲镇")
    assert (first["at"], first["draft"]) == ([33.96865, 99.90097], True)
    assert [each["code"] for each in unknown["places"]] == townships
    assert len(near["hazards"]) > 8
    assert near["clips"] == []


def test_nothing_new_costs_one_small_answer(client: Client, tmp_path: Path) -> None:
    first = client.get("/field/guide", {"area": GRID})
    again = client.get("/field/guide", {"area": GRID}, headers={"If-None-Match": first["ETag"]})
    put(tmp_path, "snow_store.bo.ogg", b"OggS a sound")
    fresh = client.get("/field/guide", {"area": GRID}, headers={"If-None-Match": first["ETag"]})

    assert [first.status_code, again.status_code, fresh.status_code] == [200, 304, 200]
    assert again.content == b""


def test_a_clip_is_what_the_pack_names_and_a_folder_holds(client: Client, tmp_path: Path) -> None:
    sound = put(tmp_path, "snow_store.bo.ogg", b"OggS a sound")
    film = put(tmp_path, "snow_store.zh.mp4", b"....ftyp a film")
    put(tmp_path, "of_no_pack.bo.ogg", b"OggS")
    put(tmp_path, "clean_water.bo.ogg", b"x" * (clips.LARGEST + 1))

    listed = client.get("/field/guide").json()["clips"]

    assert [(each["code"], each["icon"]) for each in listed] == [("snow_store", "snow")]
    assert listed[0]["files"] == {
        "bo": {"sha256": sound, "mime": "audio/ogg", "size": 12},
        "zh": {"sha256": film, "mime": "video/mp4", "size": 15},
    }
    got = client.get(f"/field/clips/{sound}")
    assert (got.getvalue(), got["Content-Type"]) == (b"OggS a sound", "audio/ogg")
    assert "immutable" in got["Cache-Control"]
    assert client.get(f"/field/clips/{'0' * 64}").status_code == 404


def test_every_clip_of_the_packs_has_a_title_in_three_languages() -> None:
    rows = packs.load("gande").rows("clips", "clip")

    assert len(rows) == 6
    assert all(set(row["title"]) == {"zh", "bo", "en"} for row in rows)
