"""Pictures and sounds of labels: named by cells, decoded apart, kept by their content, given to everybody who asks."""

from __future__ import annotations

import argparse
import io
import json
import re
import zipfile
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.shelving import NotShelved, Shelved, shelve
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import draft
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.commands import publish_command
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from tests.core.files import samples
from tests.modules.forms.conftest import Desk, settings
from tests.modules.forms.test_pages import browser, words
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")
LABELS = "label::中文 (zh) | label::བོད་ཡིག (bo)"
YAK, TENT, VOICE = (
    samples.picture("image/png"),
    samples.picture("image/webp"),
    samples.voice("audio/ogg", 0.2),
)
ALL = {"yak.png": YAK, "tent.webp": TENT, "yak.bo.ogg": VOICE}


def herd(
    version: str = "1", image: str = "yak.png", audio: str = "yak.bo.ogg", tent: str = "tent.webp"
) -> bytes:
    """A form whose labels are seen and heard."""
    rows = (
        "| survey |",
        f"| | type | name | {LABELS} | media::image | media::audio::བོད་ཡིག (bo) |",
        f"| | integer | yaks | 牦牛 | ནོར | {image} | {audio} |",
        "| | select_one dwelling | kind | 类型 | རིགས | | |",
        "| choices |",
        f"| | list_name | name | {LABELS} | media::big-image::中文 (zh) |",
        "| | dwelling | brick | 砖混房 | སོ་ཕག | |",
        f"| | dwelling | tent | 帐篷 | རས་གུར | {tent} |",
        *settings(version, "none", "herd"),
    )
    return "\n".join(rows).encode()


def kept(files: dict[str, bytes]) -> dict[str, Shelved]:
    return {each.name: each for each in shelve(list(files.items()), at=AT)}


def source(data: bytes, files: dict[str, bytes] | None = None) -> Source:
    return Source("herd.md", data, kept(files or {}))


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def name(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_labels_carry_their_files_in_the_definition_and_in_the_xform(world: World) -> None:
    row = Desk(world).publish(source(herd(), ALL))
    items = json.loads(row.definition)["items"]
    assert items[0]["media"] == {"image": {"zh": name(YAK)}, "audio": {"bo": name(VOICE)}}
    assert items[1]["choices"][1]["media"] == {"big-image": {"zh": name(TENT)}}
    assert {file: (each["sha256"], each["md5"]) for file, each in row.media.items()} == {
        file: (name(data), md5(data, usedforsecurity=False).hexdigest()) for file, data in ALL.items()
    }
    assert row.xform.count("jr://images/yak.png") == 2  # one for all languages is one for each
    assert row.xform.count("jr://audio/yak.bo.ogg") == 1
    assert set(BlobUse.objects.filter(subject_id=row.id).values_list("blob_id", flat=True)) == set(
        map(name, ALL.values())
    )


def test_a_later_version_keeps_the_files_it_names_and_only_those(world: World) -> None:
    desk = Desk(world)
    first = desk.publish(source(herd(), ALL))
    assert desk.publish(source(herd())).id == first.id
    later = desk.publish(source(herd("2", tent="")))
    assert set(later.media) == {"yak.png", "yak.bo.ogg"}
    with pytest.raises(Problem, match="version_taken"):
        desk.publish(source(herd(), {"yak.png": samples.picture("image/png", size=(20, 20))}))


@pytest.mark.parametrize(
    ("data", "files", "wrong"),
    [
        (herd(), ["yak.png", "yak.bo.ogg"], [("cell_file", "choices", 3, "media::big-image::中文 (zh)")]),
        (herd(image="tent.webp", tent="yak.bo.ogg"), [*ALL], [
            ("cell_file_kind", "choices", 3, "media::big-image::中文 (zh)"), ("file_unused", None, None, None)
        ]),
        (herd(audio="yak.png", tent=""), ["yak.png"], [("cell_file_kind", "survey", 2, "media::audio::བོད་ཡིག (bo)")]),
        (herd(tent="", audio=""), [*ALL][:2], [("file_unused", None, None, None)]),
    ],
)  # fmt: skip
def test_a_missing_an_unused_and_a_mistaken_file_are_faults(
    world: World, data: bytes, files: list[str], wrong: list[Any]
) -> None:
    with pytest.raises(NotAForm) as caught:
        draft(source(data, {each: ALL[each] for each in files}))
    places = [
        tuple(each.params.get(key) for key in ("sheet", "row", "column")) for each in caught.value.faults
    ]
    codes = [each.code.removeprefix("forms.") for each in caught.value.faults]
    assert [(code, *place) for code, place in zip(codes, places, strict=True)] == wrong


def test_a_sound_says_in_which_language_it_is(world: World) -> None:
    with pytest.raises(NotAForm) as caught:
        draft(source(herd().replace("media::audio::བོད་ཡིག (bo)".encode(), b"media::audio"), ALL))
    assert caught.value.faults[0].code == "forms.cell_language"


GBK = zipped({"aaaa.png": YAK}).replace(b"aaaa.png", "牦牛".encode("gbk") + b".png")


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({"all.zip": zipped({"pictures/yak.png": YAK, "__MACOSX/._yak.png": b"x", "a/.DS_Store": b"x"})}, ["yak.png"]),
        ({"all.zip": GBK}, ["牦牛.png"]),
        ({"all.zip": zipped({"a/帐篷.webp": TENT}), "yak.png": YAK}, ["帐篷.webp", "yak.png"]),
        ({"all.zip": zipped({"yak.png": YAK}), "yak.png": YAK}, ["yak.png"]),
    ],
)  # fmt: skip
def test_archives_are_opened_whoever_made_them(
    world: World, sent: dict[str, bytes], names: list[str]
) -> None:
    assert list(kept(sent)) == names


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"bomb.png": samples.png_bomb()}, ("files.too_many_pixels", "bomb.png")),
        ({"page.png": b"<html><script>"}, ("files.wrong_type", "page.png")),
        ({"drawn.svg": b"<svg onload='x'/>"}, ("files.wrong_type", "drawn.svg")),
        ({"large.png": YAK + b"\0" * 1_048_577}, ("files.too_large", "large.png")),
        ({"half.png": YAK[:60]}, ("files.unreadable", "half.png")),
        ({"broken.zip": zipped(ALL)[:90]}, ("files.unreadable", "")),
        ({"nested.zip": zipped({"inner.zip": zipped(ALL)})}, ("files.wrong_type", "inner.zip")),
        (
            {"bomb.zip": zipped({f"{at}.png": bytes(1_048_577) for at in range(4)})},
            ("files.too_large", "0.png"),
        ),
        ({"a.zip": zipped({"a/x.png": YAK, "b/x.png": TENT})}, ("files.named_twice", "x.png")),
        ({f"{at}.png": YAK for at in range(301)}, ("files.too_large", "")),
        ({"much.zip": bytes(21_000_000)}, ("files.too_large", "")),
    ],
)
def test_bombs_and_other_kinds_are_refused_by_name_and_nothing_is_kept(
    world: World, sent: dict[str, bytes], refused: tuple[str, str]
) -> None:
    with pytest.raises(NotShelved) as caught:
        shelve(list(sent.items()), at=AT)
    assert ((caught.value.code, caught.value.name), Blob.objects.exists()) == (refused, False)


def test_phones_and_pages_fetch_a_file_by_its_hash_once_a_form_names_it(world: World) -> None:
    files, client = kept(ALL), Client()
    assert client.get(f"/field/forms/{name(YAK)}").status_code == 404  # nobody's yet
    Desk(world).publish(Source("herd.md", herd(), files))
    answer = client.get(f"/field/forms/{name(YAK)}")
    assert (answer.status_code, answer.headers["Content-Type"], answer.getvalue()) == (200, "image/png", YAK)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_form_is_looked_at_and_published_with_its_files_on_the_page(world: World) -> None:
    admin = browser("administrator")
    form, files = SimpleUploadedFile("herd.md", herd()), SimpleUploadedFile("all.zip", zipped(ALL))
    looked = admin.post("/forms/publish/", {"file": form, "media": [files]})
    assert "Pictures and sounds: 3" in words(looked.content)
    hidden = re.findall(
        r'<input type="hidden" name="(content|media)" value="([^"]*)"', looked.content.decode()
    )
    done = admin.post("/forms/publish/", {"name": "herd.md", "publish": "1", **dict(hidden)})
    assert (done.status_code, done["Location"]) == (302, "/forms/herd/")
    shown = admin.get("/forms/herd/").content.decode()
    assert [f"/field/forms/{name(data)}" in shown for data in (YAK, TENT)] == [True, True]
    forged = admin.post(
        "/forms/publish/", {"name": "h.md", **dict(hidden), "media": dict(hidden)["media"] + "x"}
    )
    assert forged.status_code == 400


def test_a_page_says_which_file_is_none_and_takes_no_200_megabytes(world: World) -> None:
    admin = browser("administrator")
    sent = {"file": SimpleUploadedFile("herd.md", herd()), "media": SimpleUploadedFile("yak.png", b"GIF89a")}
    refused = admin.post("/forms/publish/", sent)
    assert (refused.status_code, "yak.png" in words(refused.content)) == (422, True)
    large = admin.post("/forms/publish/", {}, headers={"Content-Length": "200000000"})
    assert large.status_code == 413


def test_the_command_takes_a_folder(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, data in {**ALL, "herd.md": herd(), "not named.txt": b"x"}.items():
        (tmp_path / file).write_bytes(data)
    options = argparse.Namespace(files=[tmp_path / "herd.md"], media=tmp_path, check=False)
    assert publish_command(options) == 0
    assert capsys.readouterr().out == "herd.md: herd 1 is offered, 2 questions\n"
    (tmp_path / "yak.png").write_bytes(b"x")
    assert publish_command(options) == 1
    assert capsys.readouterr().out.startswith("yak.png: This kind of file is not taken.")
