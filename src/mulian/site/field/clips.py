"""Teaching clips: short sounds and videos that a county gives to all its phones, kept there without network.

Their titles are pack data; their files lie in `clips/` of the data folder, of the county's pack or of `base`,
named `<code>.<language>.<suffix>`. They teach and show nobody, so they need no rights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from mulian.core import packs
from mulian.core.access.views import public
from mulian.core.packs.finding import packs_folder
from mulian.kernel.problems import Problem

LARGEST = 5 * 1024 * 1024
"""Half an hour on a link of 20 kbit/s; a larger file is not offered."""
TYPES = {
    ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".weba": "audio/webm", ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip
LANGUAGES = ("bo", "zh", "en")


@dataclass(frozen=True, kw_only=True)
class Clip:
    """One file of a clip in one language; `sha256` is its name on the wire."""

    code: str
    language: str
    path: Path
    sha256: str
    mime: str
    size: int


@require_safe
@public("teaching clips show nobody; their names are their hashes")
def clip(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The bytes of one clip; they never change under their name."""
    found = next((each for each in clips() if each.sha256 == sha256), None)
    if found is None:
        raise Problem("not_found")
    response = FileResponse(found.path.open("rb"), content_type=found.mime)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{found.sha256}"'
    return response


def listed() -> list[dict[str, Any]]:
    """The pack's clips that have a file, in the pack's order, with the files by language."""
    files: dict[str, dict[str, Any]] = {}
    for each in clips():
        named = {"sha256": each.sha256, "mime": each.mime, "size": each.size}
        files.setdefault(each.code, {})[each.language] = named
    rows = packs.current().rows("clips", "clip")
    return [
        {"code": row["code"], "title": dict(row["title"]), "icon": row["icon"], "files": files[row["code"]]}
        for row in rows
        if row["code"] in files
    ]


def clips() -> Iterator[Clip]:
    """Each clip and language once: the first folder that has a file for it."""
    pack = packs.current()
    codes = [row["code"] for row in pack.rows("clips", "clip")]
    folders = (folder(), pack.folder / "clips", packs_folder() / "base" / "clips")
    for code in codes:
        for language in LANGUAGES:
            names = (place / f"{code}.{language}{suffix}" for place in folders for suffix in TYPES)
            if path := next(filter(_usable, names), None):
                yield _clip(code, language, path)


def folder() -> Path:
    """Where an installation puts clips of its own."""
    place: Path = settings.MULIAN_DATA / "clips"
    return place


def _usable(path: Path) -> bool:
    return path.is_file() and 0 < path.stat().st_size <= LARGEST


def _clip(code: str, language: str, path: Path) -> Clip:
    stat = path.stat()
    name = _digest(path, stat.st_size, stat.st_mtime_ns)
    return Clip(
        code=code, language=language, path=path, sha256=name, mime=TYPES[path.suffix], size=stat.st_size
    )


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """Read once for each version of a file."""
    return sha256(path.read_bytes()).hexdigest()
