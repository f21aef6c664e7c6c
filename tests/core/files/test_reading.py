"""Who may read a content (that of its subject), and how it is sent (G5, G21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access import placing
from mulian.core.files.actions import attach, detach
from mulian.core.files.models import Blob
from mulian.core.files.queries import attached, open_for
from mulian.core.files.storage import Storage
from mulian.kernel import clock
from mulian.kernel.problems import Problem
from tests.core.files import samples
from tests.core.files.conftest import AT, GRIDS, Phone, sha

pytestmark = pytest.mark.django_db
VOICE = samples.voice("audio/webm", 1.0)
PHOTO = samples.picture("image/jpeg", exif=samples.exif_with_place())


def give(content: bytes, id: UUID, by: Any = None) -> None:
    """Attach a content to a case that everybody with a phone may see where it lies."""
    attach(
        sha256s=[sha(content)],
        subject_kind="case",
        subject_id=id,
        role="voice",
        at=AT,
        by=by,
        permission="access.sync",
    )


def statuses(content: bytes, *phones: Phone) -> list[int]:
    return [phone.read(sha(content)).status_code for phone in phones]


def test_visibility_is_the_uploaders_then_the_subjects(
    phone: Phone, other_phone: Phone, subject: Callable[[str], UUID]
) -> None:
    phone.send(VOICE)
    assert statuses(VOICE, phone, other_phone) == [200, 404]
    give(VOICE, subject(GRIDS[1]))
    assert statuses(VOICE, phone, other_phone) == [404, 200]


def test_a_right_that_ends_ends_at_the_next_request(phone: Phone, subject: Callable[[str], UUID]) -> None:
    phone.send(VOICE)
    give(VOICE, id := subject(GRIDS[0]))
    assert statuses(VOICE, phone) == [200]
    placing.move(kind="case", id=id, counts_as="reported", to=placing.Place(GRIDS[1], "reported"), at=AT)
    with clock.use(clock.FixedClock(AT + timedelta(seconds=1))):
        assert statuses(VOICE, phone) == [404]
        assert phone.read(sha(VOICE), If_None_Match=f'"{sha(VOICE)}"').status_code == 404


def test_person_barred_from_the_subject_does_not_hear_it(
    phone: Phone, subject: Callable[[str], UUID]
) -> None:
    phone.send(VOICE)
    give(VOICE, id := subject(GRIDS[0]))
    placing.bar(kind="case", id=id, persons=[phone.actor.person])
    assert statuses(VOICE, phone) == [404]


def test_attaching_a_strangers_hash_opens_nothing(
    phone: Phone, other_phone: Phone, subject: Callable[[str], UUID]
) -> None:
    phone.send(VOICE)
    give(VOICE, subject(GRIDS[0]))
    give(VOICE, subject(GRIDS[1]), by=other_phone.actor)
    assert statuses(VOICE, phone, other_phone) == [200, 404]
    other_phone.send(VOICE)
    assert statuses(VOICE, phone, other_phone) == [200, 200]


def test_voice_may_come_by_another_phone_than_the_report(
    phone: Phone, other_phone: Phone, subject: Callable[[str], UUID]
) -> None:
    give(VOICE, subject(GRIDS[0]), by=phone.actor)
    other_phone.send(VOICE)
    assert statuses(VOICE, phone, other_phone) == [200, 404]


def test_text_does_not_wait_for_sound(phone: Phone, subject: Callable[[str], UUID]) -> None:
    give(VOICE, id := subject(GRIDS[0]), by=phone.actor)
    assert [(a.state, a.sent) for a in attached(subject_kind="case", subject_id=id)] == [("part", sha(VOICE))]
    phone.announce(VOICE)
    assert phone.read(sha(VOICE)).status_code == 404
    phone.patch(sha(VOICE), 0, VOICE)
    assert statuses(VOICE, phone) == [200]
    (here,) = attached(subject_kind="case", subject_id=id)
    assert (here.state, here.mime, here.seconds) == ("ready", "audio/webm", pytest.approx(1.0, abs=0.05))


def test_awaited_content_says_that_it_is_still_on_the_phone(
    phone: Phone, subject: Callable[[str], UUID]
) -> None:
    give(VOICE, subject(GRIDS[0]))
    with pytest.raises(Problem, match=r"files\.not_here_yet"):
        open_for(phone.actor, sha(VOICE), AT)


def test_photo_with_place_is_served_as_its_clean_copy_under_both_names(
    phone: Phone, other_phone: Phone, place: Storage, subject: Callable[[str], UUID]
) -> None:
    phone.send(PHOTO)
    give(PHOTO, id := subject(GRIDS[0]))
    (shown,) = attached(subject_kind="case", subject_id=id)
    assert (shown.sent, shown.state, shown.mime) == (sha(PHOTO), "ready", "image/jpeg")
    copy = b"".join(phone.read(sha(PHOTO)).streaming_content)
    assert sha(copy) == shown.sha256 != sha(PHOTO)
    assert b"".join(phone.read(shown.sha256).streaming_content) == copy
    assert other_phone.read(shown.sha256).status_code == 404
    assert Blob.objects.get(sha256=shown.sha256).source_sha256 == sha(PHOTO)
    assert not place.blob(sha(PHOTO)).exists()


def test_original_with_place_sent_again_is_not_kept(phone: Phone, other_phone: Phone, place: Storage) -> None:
    phone.send(PHOTO)
    other_phone.send(PHOTO)
    assert not place.blob(sha(PHOTO)).exists()
    assert other_phone.read(sha(PHOTO)).status_code == 200


def test_headers_leave_a_browser_nothing_to_guess(phone: Phone) -> None:
    phone.send(VOICE, "image/png")
    answer = phone.read(sha(VOICE))
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Content-Length"] == str(len(VOICE))


HEADERS = {
    "Content-Type": "audio/webm",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": f'attachment; filename="{sha(VOICE)[:12]}.webm"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
    "ETag": f'"{sha(VOICE)}"',
}

SIZE = len(VOICE)
RANGES = {
    "bytes=0-0": (206, VOICE[:1], f"bytes 0-0/{SIZE}"),
    "bytes=100-199": (206, VOICE[100:200], f"bytes 100-199/{SIZE}"),
    "bytes=100-": (206, VOICE[100:], f"bytes 100-{SIZE - 1}/{SIZE}"),
    "bytes=-5": (206, VOICE[-5:], f"bytes {SIZE - 5}-{SIZE - 1}/{SIZE}"),
    f"bytes=-{SIZE * 2}": (206, VOICE, f"bytes 0-{SIZE - 1}/{SIZE}"),
    f"bytes=0-{SIZE * 2}": (206, VOICE, f"bytes 0-{SIZE - 1}/{SIZE}"),
    "bytes=0-1,5-6": (200, VOICE, None),
    "bytes=-": (200, VOICE, None),
    "lines=1-2": (200, VOICE, None),
}


@pytest.mark.parametrize("asked", RANGES)
def test_player_may_ask_for_a_range(phone: Phone, asked: str) -> None:
    phone.send(VOICE)
    answer = phone.read(sha(VOICE), Range=asked)
    body = b"".join(answer.streaming_content)
    assert (answer.status_code, body, answer.get("Content-Range")) == RANGES[asked]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=9-3", "bytes=-0"])
def test_impossible_range_is_416(phone: Phone, asked: str) -> None:
    phone.send(VOICE)
    assert phone.read(sha(VOICE), Range=asked).status_code == 416


def test_reader_that_has_it_is_told_so_and_an_old_range_gets_the_whole(phone: Phone) -> None:
    phone.send(VOICE)
    assert phone.read(sha(VOICE), If_None_Match=f'"{sha(VOICE)}"').status_code == 304
    assert phone.read(sha(VOICE), Range="bytes=0-1", If_Range='"old"').status_code == 200
    head = phone.call("HEAD", f"/field/files/{sha(VOICE)}", Tus_Resumable="")
    assert (head.status_code, head["Content-Length"]) == (200, str(SIZE))


def test_detached_content_is_its_uploaders_again(phone: Phone, subject: Callable[[str], UUID]) -> None:
    phone.send(VOICE)
    give(VOICE, id := subject(GRIDS[1]))
    assert detach(subject_kind="case", subject_id=id) == 1
    assert statuses(VOICE, phone) == [200]


def test_what_is_no_hash_cannot_be_attached(subject: Callable[[str], UUID]) -> None:
    with pytest.raises(Problem, match="invalid"):
        attach(
            sha256s=["../../etc/passwd"],
            subject_kind="case",
            subject_id=subject(GRIDS[0]),
            role="photo",
            at=AT,
        )
