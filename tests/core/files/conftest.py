"""People with duties, phones in their hands, and the storage in a fresh folder."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from mulian.core.access import devices, placing
from mulian.core.access.actors import actor_of
from mulian.core.access.models import Person, Posting
from mulian.core.areas.models import Area
from mulian.core.files.place import storage
from mulian.core.files.storage import Storage
from mulian.kernel import clock
from mulian.kernel.actor import Actor, Role

AT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
GRIDS = ("632623204200G001", "632623204201G001")


@dataclass(frozen=True)
class Phone:
    """A liaison's phone that speaks tus."""

    token: str
    actor: Actor
    client: Client

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
        """One request; `Upload_Offset="0"` becomes a header of that name."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = named.pop("Content-Type", "application/offset+octet-stream")
        named = {"Authorization": f"Device {self.token}", "Tus-Resumable": "1.0.0", **named}
        sizes = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        return self.client.generic(method, path, body, headers=named, **sizes)

    def announce(self, content: bytes, mime: str = "", size: int | None = None, sha256: str = "") -> Any:
        """A creation request for `content`."""
        words = {"sha256": sha256 or sha(content), **({"mime": mime} if mime else {})}
        metadata = ", ".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items()
        )
        length = str(len(content) if size is None else size)
        return self.call("POST", "/field/files", Upload_Length=length, Upload_Metadata=metadata)

    def patch(self, sha256: str, offset: int, piece: bytes) -> Any:
        """A piece from `offset` on."""
        return self.call("PATCH", f"/field/files/{sha256}", piece, Upload_Offset=str(offset))

    def head(self, sha256: str) -> Any:
        """Where the transfer stands."""
        return self.call("HEAD", f"/field/files/{sha256}")

    def read(self, sha256: str, **headers: str) -> Any:
        """The content."""
        return self.call("GET", f"/field/files/{sha256}", **headers)

    def send(self, content: bytes, mime: str = "") -> Any:
        """Announce and send in one piece; the answer to the piece."""
        self.announce(content, mime)
        return self.patch(sha(content), 0, content)


def sha(content: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def grids(db: None) -> tuple[str, ...]:
    """Two neighbouring grid areas of two villages."""
    since = (AT - timedelta(days=400)).date()
    codes = ["632623", "632623204", "632623204200", "632623204201", *GRIDS]
    levels = ["county", "township", "village", "village", "grid", "grid"]
    for code, level in zip(codes, levels, strict=True):
        parent = max((c for c in codes if code.startswith(c) and c != code), key=len, default=None)
        Area.objects.create(code=code, parent_id=parent, level=level, kind="", name_zh=code, valid_from=since)
    return GRIDS


@pytest.fixture
def phone_of(grids: tuple[str, ...]) -> Callable[[str], Phone]:
    """Enrols a liaison of a grid area."""

    def make(area: str) -> Phone:
        person = Person.objects.create(id=uuid4(), username=uuid4().hex, name="Testname", created_at=AT)
        Posting.objects.create(
            id=uuid4(), person=person, role=Role.LIAISON, area_id=area, valid_from=AT - timedelta(days=9)
        )
        with transaction.atomic():
            devices.add_device(person=person, token=(token := uuid4().hex), at=AT)
        actor = actor_of(person.id, AT)
        assert actor is not None
        return Phone(token, actor, Client())

    return make


@pytest.fixture
def phone(phone_of: Callable[[str], Phone]) -> Phone:
    """The liaison of the first grid area."""
    return phone_of(GRIDS[0])


@pytest.fixture
def other_phone(phone_of: Callable[[str], Phone]) -> Phone:
    """The liaison of the other grid area, who must not see the first one's things."""
    return phone_of(GRIDS[1])


@pytest.fixture
def subject(grids: tuple[str, ...]) -> Callable[[str], UUID]:
    """Places a thing of kind `case` in an area."""

    def place(area: str) -> UUID:
        id = uuid4()
        placing.place(kind="case", id=id, places=[placing.Place(area=area, counts_as="reported")], at=AT)
        return id

    return place


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Storage:
    """An empty storage; the site is only the files' addresses; the clock stands still."""
    settings.MULIAN_DATA = tmp_path
    settings.ROOT_URLCONF = "tests.core.files.urls"
    return storage()


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """All requests happen at `AT`."""
    with clock.use(clock.FixedClock(AT)):
        yield
