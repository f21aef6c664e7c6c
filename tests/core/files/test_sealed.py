"""G12, G21: what a phone sealed travels as a box, is opened once at the county, and no carrier ever reads it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access import devices
from mulian.core.access.models import Device
from mulian.core.files.actions import attach
from mulian.core.files.inspection import check_due
from mulian.core.files.models import Blob
from mulian.core.files.queries import attached
from mulian.core.files.storage import Storage
from mulian.core.sync import sealing
from mulian.kernel.actor import SYSTEM
from tests.core.files import samples
from tests.core.files.conftest import AT, GRIDS, Phone, sha

pytestmark = pytest.mark.django_db
VOICE = samples.voice("audio/webm", 1.0)
PHOTO = samples.picture("image/jpeg", exif=samples.exif_with_place())


def device_of(phone: Phone) -> Device:
    return Device.objects.get(person=phone.actor.person)


def box(phone: Phone, content: bytes) -> bytes:
    """What the phone's WebCrypto makes of a sound or photo."""
    key = sealing.current_key(AT)
    return sealing.seal_bytes(key.public_jwk, device_of(phone).id.bytes + content)


def send(phone: Phone, sealed: bytes, mime: str = "audio/webm", kid: str | None = None) -> Any:
    words = {"sha256": sha(sealed), "mime": mime, "sealed": kid or sealing.current_key(AT).kid}
    described = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    begun = phone.call("POST", "/field/files", Upload_Length=str(len(sealed)), Upload_Metadata=described)
    return begun if begun.status_code >= 400 else phone.patch(sha(sealed), 0, sealed)


def name_it(phone: Phone, sealed: bytes, id: UUID) -> None:
    """The phone's report says that the content is its."""
    attach(
        sha256s=[sha(sealed)], subject_kind="case", subject_id=id, role="voice", at=AT, by=phone.actor,
        permission="access.sync",
    )  # fmt: skip


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_sealed_voice_is_heard_under_the_name_it_travelled_by(
    phone: Phone, place: Storage, subject: Callable[[str], UUID]
) -> None:
    sealed = box(phone, VOICE)
    name_it(phone, sealed, id := subject(GRIDS[0]))
    answer = send(phone, sealed)
    assert answer.status_code == 204
    assert content(phone.read(sha(sealed))) == VOICE
    (shown,) = attached(subject_kind="case", subject_id=id)
    assert (shown.sent, shown.sha256, shown.mime) == (sha(sealed), sha(VOICE), "audio/webm")
    assert Blob.objects.get(sha256=sha(VOICE)).source_sha256 == sha(sealed)
    assert not place.blob(sha(sealed)).exists()


def test_a_sealed_photo_loses_its_place_like_any_other(phone: Phone) -> None:
    sealed = box(phone, PHOTO)
    assert send(phone, sealed, "image/jpeg").status_code == 204
    copy = content(phone.read(sha(sealed)))
    assert b"Tent" not in copy
    assert Blob.objects.get(sha256=sha(sealed)).served_as == sha(copy) != sha(PHOTO)


@pytest.mark.parametrize("first", ["report", "box"])
def test_a_carrier_brings_a_box_and_reads_nothing(
    phone: Phone, other_phone: Phone, subject: Callable[[str], UUID], first: str
) -> None:
    sealed, id = box(phone, VOICE), subject(GRIDS[0])
    if first == "report":
        name_it(phone, sealed, id)
    assert send(other_phone, sealed).status_code == 204
    if first == "box":
        name_it(phone, sealed, id)
    assert [p.read(sha(sealed)).status_code for p in (phone, other_phone)] == [200, 404]
    assert other_phone.read(sha(VOICE)).status_code == 404


@pytest.mark.parametrize("first", ["claim", "box"])
def test_a_carrier_that_claims_the_box_for_its_own_report_still_reads_nothing(
    phone: Phone, other_phone: Phone, subject: Callable[[str], UUID], first: str
) -> None:
    sealed = box(phone, VOICE)
    if first == "claim":
        name_it(other_phone, sealed, subject(GRIDS[1]))
    send(other_phone, sealed)
    if first == "box":
        name_it(other_phone, sealed, subject(GRIDS[1]))
    name_it(phone, sealed, subject(GRIDS[0]))
    statuses = [p.read(name).status_code for p in (phone, other_phone) for name in (sha(sealed), sha(VOICE))]
    assert statuses == [200, 200, 404, 404]


@pytest.mark.parametrize("kid", ["0" * 16, "another"])
def test_a_wrong_key_is_refused_and_the_right_one_is_still_heard(
    phone: Phone, other_phone: Phone, kid: str
) -> None:
    sealed = box(phone, VOICE)
    refused = send(other_phone, sealed, kid=kid)
    assert (refused.status_code, refused.json()["code"]) == (422, "files.sealed")
    assert send(phone, sealed).status_code == 204
    assert content(phone.read(sha(sealed))) == VOICE


def test_a_box_sent_without_its_key_can_be_sent_again_with_it(phone: Phone, other_phone: Phone) -> None:
    sealed = box(phone, VOICE)
    assert other_phone.send(sealed).status_code == 415
    assert send(phone, sealed).status_code == 204
    assert content(phone.read(sha(sealed))) == VOICE


def break_last(sealed: bytes) -> bytes:
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


@pytest.mark.parametrize(
    "spoil", [break_last, lambda sealed: sealed[:60], lambda sealed: b"\x04" + bytes(64) + sealed[65:]]
)
def test_a_broken_box_is_refused_and_kept_for_the_county_to_look_at(
    phone: Phone, place: Storage, spoil: Callable[[bytes], bytes]
) -> None:
    broken = spoil(box(phone, VOICE))
    refused = send(phone, broken)
    assert (refused.status_code, refused.json()["code"]) == (422, "files.sealed")
    assert place.blob(sha(broken)).read_bytes() == broken


def test_a_box_from_no_known_phone_is_refused(phone: Phone) -> None:
    key = sealing.current_key(AT)
    assert send(phone, sealing.seal_bytes(key.public_jwk, bytes(16) + VOICE)).status_code == 422
    assert send(phone, sealing.seal_bytes(key.public_jwk, b"short")).status_code == 422


@pytest.mark.parametrize(
    ("hostile", "status", "code"),
    [
        (samples.png_bomb(), 422, "files.too_many_pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", 415, "files.wrong_type"),
        (b"\xff\xd8\xff\xe0" + b"A" * 500, 422, "files.unreadable"),
    ],
)
def test_what_lies_in_a_box_is_as_untrusted_as_anything(
    phone: Phone, place: Storage, hostile: bytes, status: int, code: str
) -> None:
    refused = send(phone, box(phone, hostile), "image/png")
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not place.blob(sha(hostile)).exists()
    assert list((place.root / "part").iterdir()) == []


def test_what_a_crash_left_unopened_the_worker_opens(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    from mulian.core.files import inspection

    sealed = box(phone, VOICE)
    with monkeypatch.context() as patch:
        patch.setattr(inspection, "PATIENCE", 0.0)
        held = [inspection._children.acquire() for _ in range(2)]
        send(phone, sealed)
        for _ in held:
            inspection._children.release()
    assert phone.read(sha(sealed)).status_code == 404
    assert check_due(AT) == 1
    assert content(phone.read(sha(sealed))) == VOICE


def test_a_locked_phone_and_a_revoked_one_hand_in_what_they_have_and_read_nothing(phone: Phone) -> None:
    from mulian.core.access import leases

    known = devices.recognise(phone.token, AT)
    assert known is not None
    locked = Phone(leases.push_token(known), phone.actor, phone.client)
    sealed = box(phone, VOICE)
    assert send(locked, sealed).status_code == 204
    assert (locked.read(sha(sealed)).status_code, phone.read(sha(sealed)).status_code) == (403, 200)

    devices.revoke(device=device_of(phone).id, actor=SYSTEM, at=AT)
    late = box(phone, samples.voice("audio/webm", 2.0))
    assert send(phone, late).status_code == 204
    assert (phone.read(sha(late)).status_code, phone.read(sha(sealed)).status_code) == (403, 403)
