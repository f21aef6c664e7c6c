"""The upload protocol as a phone meets it: creation, offset, resumption, refusals (DESIGN §3, F4)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.events.models import Event
from mulian.core.files.kinds import MIB
from mulian.core.files.models import Blob, Upload
from mulian.core.files.parts import SILENCE, Part
from mulian.core.files.storage import Storage
from mulian.kernel import clock
from mulian.kernel.problems import Problem
from tests.core.files import samples
from tests.core.files.conftest import AT, GRIDS, Phone, sha

pytestmark = pytest.mark.django_db
VOICE = samples.voice("audio/webm", 2.0)


def test_options_tells_what_is_spoken(phone: Phone) -> None:
    answer = phone.call("OPTIONS", "/field/files", Tus_Resumable="", Authorization="")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration"
    assert answer["Tus-Max-Size"] == str(20 * MIB)


def test_voice_travels_in_pieces_and_is_ready_when_whole(phone: Phone, place: Storage) -> None:
    created = phone.announce(VOICE, "audio/webm;codecs=opus")
    assert (created.status_code, created["Location"]) == (201, f"/field/files/{sha(VOICE)}")
    assert created["Upload-Offset"] == "0"
    assert created["Upload-Expires"] == "Mon, 21 Dec 2026 01:30:00 GMT"

    half = phone.patch(sha(VOICE), 0, VOICE[:1000])
    assert (half.status_code, half["Upload-Offset"]) == (204, "1000")
    stands = phone.head(sha(VOICE))
    assert (stands.status_code, stands["Upload-Offset"], stands["Upload-Length"]) == (
        200,
        "1000",
        str(len(VOICE)),
    )

    whole = phone.patch(sha(VOICE), 1000, VOICE[1000:])
    assert (whole.status_code, whole["Upload-Offset"]) == (204, str(len(VOICE)))
    assert "Upload-Expires" not in whole.headers
    digest = base64.b64encode(bytes.fromhex(sha(VOICE))).decode()
    assert ("Repr-Digest" in half.headers, whole["Repr-Digest"]) == (False, f"sha-256=:{digest}:")
    assert phone.head(sha(VOICE))["Repr-Digest"] == whole["Repr-Digest"]
    blob = Blob.objects.get(sha256=sha(VOICE))
    assert (blob.state, blob.mime, blob.size) == ("ready", "audio/webm", len(VOICE))
    assert place.blob(sha(VOICE)).read_bytes() == VOICE
    assert list((place.root / "part").iterdir()) == []
    names = list(Event.objects.order_by("id").values_list("name", flat=True))
    assert names[-2:] == ["files.received", "files.ready"]


def test_same_content_again_is_complete_at_once(phone: Phone) -> None:
    phone.send(VOICE)
    again = phone.announce(VOICE)
    assert (again.status_code, again["Upload-Offset"]) == (200, str(len(VOICE)))
    assert phone.head(sha(VOICE))["Upload-Offset"] == str(len(VOICE))
    assert phone.patch(sha(VOICE), len(VOICE), b"").status_code == 204
    assert Upload.objects.count() == 1


def test_knowing_a_hash_is_not_having_the_content(phone: Phone, other_phone: Phone) -> None:
    phone.send(VOICE)
    assert other_phone.announce(VOICE)["Upload-Offset"] == "0"
    assert other_phone.read(sha(VOICE)).status_code == 404
    other_phone.patch(sha(VOICE), 0, VOICE)
    assert other_phone.read(sha(VOICE)).status_code == 200


@given(cuts=st.lists(st.integers(0, len(VOICE)), max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cutting_into_pieces_gives_the_same_content(
    phone: Phone, place: Storage, cuts: list[int]
) -> None:
    Upload.objects.all().delete()
    Blob.objects.all().delete()
    phone.announce(VOICE)
    borders = [0, *sorted(cuts), len(VOICE)]
    for first, end in pairwise(borders):
        assert phone.patch(sha(VOICE), first, VOICE[first:end]).status_code == 204
    assert place.blob(sha(VOICE)).read_bytes() == VOICE


REFUSED_CREATIONS = {
    "no length": ({"Upload_Length": ""}, 400, "files.bad_header"),
    "negative length": ({"Upload_Length": "-1"}, 400, "files.bad_header"),
    "no hash": ({"Upload_Metadata": "mime YXVkaW8vd2VibQ=="}, 400, "files.bad_header"),
    "no base64": ({"Upload_Metadata": "sha256 !!!"}, 400, "files.bad_header"),
    "hash of wrong form": ({"Upload_Metadata": "sha256 YWJj"}, 400, "files.bad_header"),
    "old protocol": ({"Tus_Resumable": "0.2.2"}, 412, "files.wrong_version"),
    "unknown phone": ({"Authorization": "Device nobody"}, 401, "device_unknown"),
}


@pytest.mark.parametrize("name", REFUSED_CREATIONS)
def test_creation_is_refused_with_its_code(phone: Phone, name: str) -> None:
    wrong, status, code = REFUSED_CREATIONS[name]
    good = {"Upload_Length": "5", "Upload_Metadata": "sha256 " + "NjE" * 28 + "NjE="}
    answer = phone.call("POST", "/field/files", **{**good, **wrong})
    assert (answer.status_code, answer["X-Problem"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("mime", "size", "status", "code"),
    [
        ("audio/webm", 5 * MIB + 1, 413, "files.too_large"),
        ("image/jpeg", 10 * MIB + 1, 413, "files.too_large"),
        ("", 20 * MIB + 1, 413, "files.too_large"),
        ("", 200 * MIB, 413, "files.too_large"),
        ("image/svg+xml", 100, 415, "files.wrong_type"),
        ("application/pdf", 100, 415, "files.wrong_type"),
        ("audio/webm", 0, 415, "files.wrong_type"),
    ],
)
def test_size_and_type_are_judged_before_a_byte_is_sent(
    phone: Phone, mime: str, size: int, status: int, code: str
) -> None:
    answer = phone.announce(b"", mime, size=size)
    assert (answer.status_code, answer["X-Problem"]) == (status, code)
    assert Upload.objects.count() == 0


def test_more_bytes_than_announced_are_not_taken(phone: Phone) -> None:
    phone.announce(VOICE)
    answer = phone.patch(sha(VOICE), 0, VOICE + b"x")
    assert (answer.status_code, answer["X-Problem"]) == (413, "files.too_large")
    assert phone.head(sha(VOICE))["Upload-Offset"] == "0"


def test_wrong_offset_is_409_and_changes_nothing(phone: Phone) -> None:
    phone.announce(VOICE)
    phone.patch(sha(VOICE), 0, VOICE[:100])
    for offset in (0, 99, 101):
        assert phone.patch(sha(VOICE), offset, VOICE[:10]).status_code == 409
    assert phone.head(sha(VOICE))["Upload-Offset"] == "100"


def test_damaged_content_is_460_and_begins_again(phone: Phone, place: Storage) -> None:
    phone.announce(VOICE)
    answer = phone.patch(sha(VOICE), 0, VOICE[:-1] + b"\0")
    assert (answer.status_code, answer["X-Problem"]) == (460, "files.wrong_hash")
    assert phone.head(sha(VOICE))["Upload-Offset"] == "0"
    assert not place.blob(sha(VOICE)).exists()
    assert phone.patch(sha(VOICE), 0, VOICE).status_code == 204


def test_content_that_cannot_be_decoded_is_told_at_once_and_stays_refused(phone: Phone) -> None:
    bomb = samples.png_bomb()
    first, again = phone.send(bomb, "image/png"), phone.announce(bomb, "image/png")
    assert [(a.status_code, a["X-Problem"]) for a in (first, again)] == [(422, "files.too_many_pixels")] * 2
    assert phone.read(sha(bomb)).status_code == 422


def test_nobody_sees_anothers_transfer(phone: Phone, other_phone: Phone) -> None:
    phone.announce(VOICE)
    assert other_phone.head(sha(VOICE)).status_code == 404
    assert other_phone.patch(sha(VOICE), 0, VOICE).status_code == 404


def test_wrong_content_type_missing_transfer_and_unknown_method(phone: Phone) -> None:
    phone.announce(VOICE)
    path = f"/field/files/{sha(VOICE)}"
    assert phone.call("PATCH", path, b"x", Upload_Offset="0", Content_Type="text/plain").status_code == 415
    assert phone.patch(sha(b"never announced"), 0, b"x").status_code == 404
    assert phone.call("DELETE", path).status_code == 405


def test_method_may_travel_in_a_header(phone: Phone) -> None:
    phone.announce(VOICE)
    path = f"/field/files/{sha(VOICE)}"
    answer = phone.call("POST", path, VOICE[:7], Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "7")


def test_expired_transfer_is_gone(phone: Phone) -> None:
    phone.announce(VOICE)
    with clock.use(clock.FixedClock(AT + timedelta(days=30))):
        assert phone.head(sha(VOICE)).status_code == 404


def test_one_person_cannot_open_endless_transfers(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mulian.core.files.receiving.OPEN_AT_ONCE", 2)
    answers = [phone.announce(bytes([n]), "audio/webm").status_code for n in range(3)]
    assert answers == [201, 201, 429]


def test_second_connection_waits_while_the_first_makes_progress(phone: Phone, place: Storage) -> None:
    phone.announce(VOICE)
    part = Part(place.part(f"{Upload.objects.get().id}.part"))
    with part.writing(0) as first:
        first.append(VOICE[:10])
        answer = phone.patch(sha(VOICE), 10, VOICE[10:])
        assert (answer.status_code, answer["X-Problem"]) == (423, "files.busy")
        first.append(VOICE[10:20])
    assert phone.patch(sha(VOICE), 20, VOICE[20:]).status_code == 204


def test_silent_connection_loses_its_lease(place: Storage) -> None:
    now = [100.0]
    part = Part(place.part("x.part"), clock=lambda: now[0])
    with part.writing(0) as first:
        first.append(b"abc")
        now[0] += SILENCE
        with part.writing(3) as second:
            second.append(b"def")
            with pytest.raises(Problem, match=r"files\.busy"):
                first.append(b"XYZ")
            second.append(b"ghi")
    assert part.path.read_bytes() == b"abcdefghi"


def test_published_content_is_never_written_to(place: Storage) -> None:
    part = Part(place.part("x.part"))
    published = place.root / "published"
    with part.writing(0) as late:
        late.append(b"abc")
        part.path.rename(published)
        with pytest.raises(Problem, match=r"files\.busy"):
            late.append(b"XYZ")
        part.path.write_bytes(b"abc")
        with pytest.raises(Problem, match=r"files\.busy"):
            late.append(b"XYZ")
    assert published.read_bytes() == b"abc"


def test_server_killed_after_the_last_byte_finishes_at_the_next_question(
    phone: Phone, place: Storage
) -> None:
    phone.announce(VOICE)
    place.part(f"{Upload.objects.get().id}.part").write_bytes(VOICE)
    assert phone.head(sha(VOICE))["Upload-Offset"] == str(len(VOICE))
    assert place.blob(sha(VOICE)).read_bytes() == VOICE
    assert phone.announce(VOICE).status_code == 200


def test_announcing_another_size_begins_anew(phone: Phone) -> None:
    phone.announce(VOICE, size=100)
    phone.patch(sha(VOICE), 0, VOICE[:50])
    assert phone.announce(VOICE)["Upload-Offset"] == "0"
    assert phone.patch(sha(VOICE), 0, VOICE).status_code == 204


def test_staff_use_the_same_protocol(phone: Phone, subject: Callable[[str], UUID]) -> None:
    assert phone.call("POST", "/files", Authorization="").status_code in {401, 403}
    subject(GRIDS[0])
    assert phone.call("GET", f"/files/{sha(VOICE)}").status_code == 404
