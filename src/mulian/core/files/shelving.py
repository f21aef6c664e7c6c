"""Takes in many small files at once that everybody may have: pictures and sounds of forms.

Nobody's transfer is opened for them: they are decoded in one throw-away child and lie under their hash at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5, sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import uuid4

from django.db import transaction

from mulian.core.child.starting import Ended, run
from mulian.core.files.kinds import MOST_SHELVED, SHELVED_TOGETHER
from mulian.core.files.models import Blob
from mulian.core.files.place import storage
from mulian.core.files.storage import full_disk_is_a_problem
from mulian.kernel.problems import Problem, register

WALL_SECONDS = 40.0
ANSWER_BYTES = 400_000

register(
    "files.named_twice", 422, "Two different files have the same name.", "Give one of them another name."
)


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """A file that was taken in: its name as sent, its content as it is kept (without what a camera wrote into it)."""

    name: str
    sha256: str
    md5: str
    mime: str
    size: int


class NotShelved(Problem):
    """A file that was not taken; `name` is its."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code)
        self.name = name


def shelve(files: Sequence[tuple[str, bytes]], *, at: datetime) -> list[Shelved]:
    """Keeps files (name, bytes); archives are opened. Until somebody attaches them they are swept as orphans.

    Raises NotShelved with the first file that is none (`files.too_large`, `files.wrong_type`, `files.unreadable`,
    `files.too_many_pixels`, `files.too_long`, `files.named_twice`), `disk_full`.
    """
    if not files:
        return []
    if len(files) > MOST_SHELVED or sum(len(data) for _, data in files) > SHELVED_TOGETHER:
        raise NotShelved("files.too_large", "")
    found: dict[str, Shelved] = {}
    kept: dict[str, tuple[dict[str, Any], bytes]] = {}
    for verdict, data in _decoded(files):
        one = _shelved(verdict, data)
        if found.setdefault(one.name, one) != one:
            raise NotShelved("files.named_twice", one.name)
        kept[one.sha256] = (verdict, data)
    for name, (verdict, data) in kept.items():
        _keep(name, verdict, data, at)
    return list(found.values())


def _decoded(files: Sequence[tuple[str, bytes]]) -> Iterable[tuple[dict[str, Any], bytes]]:
    child = "mulian.core.files.decoding.several"
    with TemporaryFile() as given, TemporaryFile() as out:
        given.write(json.dumps([[name, len(data)] for name, data in files]).encode() + b"\n")
        given.writelines(data for _, data in files)
        given.seek(0)
        answers = _heard(run(child, given, seconds=WALL_SECONDS, most=ANSWER_BYTES, lent=[out]))
        out.seek(0)
        return [(each, out.read(each["size"])) for each in answers]


def _heard(child: Ended) -> list[dict[str, Any]]:
    """A child that died had too much to do; one that was not heard to the end kept nothing."""
    try:
        found: list[dict[str, Any]] = json.loads(child.said if child.well else b"")
    except ValueError:
        raise NotShelved("files.unreadable", "") from None
    for each in found:
        if each["refused"]:
            raise NotShelved(each["refused"], each["name"])
    return found


def _shelved(verdict: dict[str, Any], data: bytes) -> Shelved:
    return Shelved(
        name=verdict["name"],
        sha256=sha256(data).hexdigest(),
        md5=md5(data, usedforsecurity=False).hexdigest(),
        mime=verdict["mime"],
        size=len(data),
    )


def _keep(name: str, verdict: dict[str, Any], data: bytes, at: datetime) -> None:
    """The bytes first, then the row; what lay here before is proven anew."""
    place = storage()
    place.need_room(len(data))
    part: Path = place.part(f"{uuid4().hex}.shelf")
    with full_disk_is_a_problem(), part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    facts = {key: verdict[key] for key in ("mime", "width", "height", "seconds")}
    facts |= {"size": len(data), "state": Blob.State.READY, "code": "", "served_as": ""}
    with place.publishing(), transaction.atomic():
        place.publish(part, name)
        Blob.objects.update_or_create(
            sha256=name, defaults=facts, create_defaults={**facts, "created_at": at}
        )
