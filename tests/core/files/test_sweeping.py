"""What is taken away, and what must stay (DESIGN §3: orphans after 30 days)."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from mulian.core.files.actions import attach
from mulian.core.files.models import Blob, Upload
from mulian.core.files.storage import Storage
from mulian.core.files.sweeping import sweep
from tests.core.files import samples
from tests.core.files.conftest import AT, GRIDS, Phone, sha

pytestmark = pytest.mark.django_db
VOICE = samples.voice()
PHOTO = samples.picture(exif=samples.exif_with_place())
MONTH = timedelta(days=30)


def names(place: Storage) -> list[str]:
    """Every file on disk."""
    return sorted(path.name for path in place.root.glob("??*/*"))


def test_unattached_content_stays_thirty_days_and_then_goes_whole(phone: Phone, place: Storage) -> None:
    phone.send(VOICE)
    phone.send(PHOTO)
    assert sweep(AT + MONTH - timedelta(seconds=1)) == 0
    assert len(names(place)) == 2
    assert sweep(AT + MONTH) == 2
    assert (names(place), Blob.objects.count(), Upload.objects.count()) == ([], 0, 0)


def test_attached_and_awaited_contents_stay(
    phone: Phone, place: Storage, subject: Callable[[str], UUID]
) -> None:
    phone.send(PHOTO)
    awaited = sha(b"still on the phone")
    attach(
        sha256s=[sha(PHOTO), awaited], subject_kind="case", subject_id=subject(GRIDS[0]), role="photo", at=AT
    )
    assert sweep(AT + 12 * MONTH) == 0
    assert Blob.objects.count() == 3
    assert len(names(place)) == 1


def test_same_content_can_be_sent_after_it_was_swept(phone: Phone) -> None:
    phone.send(VOICE)
    sweep(AT + MONTH)
    assert phone.announce(VOICE)["Upload-Offset"] == "0"
    assert phone.patch(sha(VOICE), 0, VOICE).status_code == 204
    assert phone.read(sha(VOICE)).status_code == 200


def test_unfinished_transfer_expires_with_its_bytes(phone: Phone, place: Storage) -> None:
    phone.announce(VOICE)
    phone.patch(sha(VOICE), 0, VOICE[:10])
    assert sweep(AT + MONTH - timedelta(seconds=1)) == 0
    assert sweep(AT + MONTH) == 1
    assert (names(place), Upload.objects.count()) == ([], 0)


def test_refused_bytes_go_and_the_reason_stays_with_the_subject(
    phone: Phone, place: Storage, subject: Callable[[str], UUID]
) -> None:
    broken = VOICE[:60]
    phone.send(broken)
    attach(sha256s=[sha(broken)], subject_kind="case", subject_id=subject(GRIDS[0]), role="voice", at=AT)
    assert names(place) == [sha(broken)]
    sweep(AT + MONTH)
    assert (names(place), Blob.objects.get().code) == ([], "files.unreadable")


def test_leftovers_of_a_crash_go_after_a_day(phone: Phone, place: Storage) -> None:
    phone.announce(VOICE)
    phone.patch(sha(VOICE), 0, VOICE[:10])
    kept = names(place)
    for left in (place.blob(sha(b"renamed, no row")), place.part("1234.copy"), place.part("gone.part")):
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"x")
    _touch(place, AT)
    assert sweep(AT + timedelta(hours=23)) == 0
    assert sweep(AT + timedelta(hours=25)) == 3
    assert names(place) == kept


def _touch(place: Storage, at: datetime) -> None:
    for path in place.root.glob("??*/*"):
        os.utime(path, (at.timestamp(), at.timestamp()))
