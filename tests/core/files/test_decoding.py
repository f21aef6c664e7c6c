"""G21, G3: what the throw-away child says of real and hostile files; nothing hostile reaches the server
process.
"""

import io
import resource
from pathlib import Path

import pytest
from PIL import Image

from mulian.core.files import checking
from mulian.core.files.decoding.metadata import only_pixels
from mulian.core.files.decoding.verdict import Verdict
from mulian.core.files.kinds import LONGEST_SECONDS, MIB
from tests.core.files import samples

PICTURES = ["image/jpeg", "image/png", "image/webp"]
VOICES = ["audio/webm", "audio/ogg", "audio/mp4", "audio/wav"]


def look(content: bytes, folder: Path) -> tuple[Verdict | None, bytes]:
    """The verdict on `content` and the clean copy, if any."""
    (folder / "original").write_bytes(content)
    verdict = checking.check(folder / "original", folder / "clean")
    return verdict, (folder / "clean").read_bytes()


@pytest.mark.parametrize("mime", PICTURES)
def test_plain_picture_is_measured_and_kept_as_it_is(mime: str, tmp_path: Path) -> None:
    assert look(samples.picture(mime), tmp_path) == (Verdict(mime=mime, width=64, height=48), b"")


@pytest.mark.parametrize("mime", VOICES)
def test_voice_is_measured_in_seconds(mime: str, tmp_path: Path) -> None:
    verdict, copy = look(samples.voice(mime, 2.0), tmp_path)
    assert verdict is not None
    assert (verdict.mime, verdict.refused, verdict.rewritten, copy) == (
        mime,
        "",
        False,
        b"",
    )
    assert verdict.seconds == pytest.approx(2.0, abs=0.06)


@pytest.mark.parametrize("mime", PICTURES)
def test_place_and_camera_are_taken_out_and_the_picture_stands_upright(mime: str, tmp_path: Path) -> None:
    told = {"comment": b"at the white tent", "xmp": b"<x>at the white tent</x>"}
    content = samples.picture(mime, exif=samples.exif_with_place(orientation=6), **told)
    verdict, copy = look(content, tmp_path)
    assert verdict == Verdict(mime=mime, width=48, height=64, rewritten=True)
    assert only_pixels(copy, mime)
    assert b"Tent" not in copy
    assert b"white tent" not in copy
    assert dict(Image.open(io.BytesIO(copy)).getexif()) == {}


@pytest.mark.parametrize("mime", VOICES)
def test_remarks_in_a_voice_are_taken_out_and_the_sound_stays(mime: str, tmp_path: Path) -> None:
    verdict, copy = look(samples.voice(mime, title="at the white tent"), tmp_path)
    assert verdict is not None
    assert verdict.rewritten
    assert b"white tent" not in copy
    again, _ = look(copy, tmp_path)
    assert again is not None
    assert again.mime == mime
    assert not again.rewritten
    assert again.seconds == pytest.approx(verdict.seconds, abs=0.05)


HOSTILE = {
    "900 megapixels": (samples.png_bomb(), "files.too_many_pixels"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "files.wrong_type"),
    "GIF and script": (b"GIF89a/*<script>alert(1)</script>*/=0;", "files.wrong_type"),
    "playlist": (b"#EXTM3U\nfile:///etc/passwd\n", "files.wrong_type"),
    "empty": (b"", "files.wrong_type"),
    "JPEG cut in half": (samples.picture(size=(640, 480))[:3000], "files.unreadable"),
    "PNG cut in half": (samples.picture("image/png", (640, 480))[:-400], "files.unreadable"),
    "only a JPEG's first bytes": (b"\xff\xd8\xff\xe0" + b"A" * 500, "files.unreadable"),
    "only a WebM's first bytes": (b"\x1aE\xdf\xa3" + b"A" * 500, "files.unreadable"),
    "MP4 without its index": (samples.voice("audio/mp4")[:200], "files.unreadable"),
    "an hour of silence": (samples.voice("audio/ogg", LONGEST_SECONDS + 5), "files.too_long"),
    "WAV over 5 MB": (samples.voice("audio/wav", 60.0), "files.too_large"),
    "JPEG over 10 MB": (samples.picture() + b"\0" * 10 * MIB, "files.too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_code(name: str, tmp_path: Path) -> None:
    content, code = HOSTILE[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert look(content, tmp_path) == (Verdict(refused=code), b"")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_five_minutes_are_not_too_long(tmp_path: Path) -> None:
    verdict, _ = look(samples.voice("audio/ogg", 300.0), tmp_path)
    assert verdict is not None
    assert verdict.seconds == pytest.approx(300, abs=0.1)


def test_voice_of_a_phone_that_died_is_kept_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = samples.voice("audio/webm", 6.0)
    verdict, _ = look(whole[: len(whole) * 2 // 3], tmp_path)
    assert verdict is not None
    assert verdict.refused == ""
    assert 2 < (verdict.seconds or 0) < 6


def test_script_behind_a_photo_does_not_survive(tmp_path: Path) -> None:
    verdict, copy = look(samples.picture() + b"<script>alert(1)</script>", tmp_path)
    assert verdict is not None
    assert verdict.rewritten
    assert b"script" not in copy
    assert only_pixels(copy, "image/jpeg")


def test_child_that_dies_gives_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "WALL_SECONDS", 0.0)
    assert look(samples.picture(), tmp_path)[0] is None
