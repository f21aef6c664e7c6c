"""Photos at the public page: taken within limits, decoded like any other, without the place they were taken at."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.place import storage
from mulian.modules.cases.actions.letting_in import take_in_held
from mulian.modules.cases.models import HeldReport
from mulian.modules.cases.web.views import door
from tests.site.portal.conftest import BRIDGE, Visitor, cases
from tests.world import VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
GPS, LATITUDE = 0x8825, 2


def photo(shade: int = 90) -> BytesIO:
    """A JPEG as a phone makes it, with the place in it."""
    marks = Image.Exif()
    marks.get_ifd(GPS)[LATITUDE] = (34.0, 4.0, 12.5)
    out = BytesIO()
    Image.new("RGB", (320, 240), (shade, 120, 60)).save(out, "JPEG", exif=marks)
    out.seek(0)
    out.name = f"photo{shade}.jpg"
    return out


def kept(subject: Any) -> list[Blob]:
    uses = BlobUse.objects.filter(subject_id=subject, role="report_photo").order_by("attached_at")
    names = [use.blob_id for use in uses]
    return [Blob.objects.get(sha256=Blob.objects.get(sha256=name).served_as or name) for name in names]


def test_a_photo_comes_with_the_report_and_tells_no_place(visitor: Visitor) -> None:
    assert Image.open(photo()).getexif().get_ifd(GPS)
    assert visitor.send(text=BRIDGE, area=VILLAGE, photos=[photo(), photo(200)]).status_code == 302
    [case] = cases()
    pictures = kept(case.id)
    assert [(each.state, each.mime, each.width) for each in pictures] == [("ready", "image/jpeg", 320)] * 2
    for each in pictures:
        assert not Image.open(storage().blob(each.sha256)).getexif().get_ifd(GPS)


def test_a_photo_alone_is_a_report(visitor: Visitor) -> None:
    visitor.send(photos=[photo()])
    assert [len(kept(case.id)) for case in cases()] == [1]


def test_a_photo_of_a_report_held_back_goes_on_with_it(visitor: Visitor, world: World) -> None:
    visitor.send(text=BRIDGE, photos=[photo()], wait=1)
    [row] = HeldReport.objects.all()
    assert len(row.photos) == 1
    take_in_held(held=row.id, actor=world.actor("county_duty"), at=visitor.at)
    row.refresh_from_db()
    assert (row.photos, [len(kept(case.id)) for case in cases()]) == ([], [1])


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([b"<html>"], 415),
        ([b"\xff\xd8\xff\xe0 not a picture at all" * 20], 422),
        ([photo(n).getvalue() for n in range(4)], 422),
    ],
)
def test_what_is_no_photo_or_too_many_is_refused_and_the_words_stay(
    visitor: Visitor, files: list[bytes], status: int
) -> None:
    sent = [BytesIO(each) for each in files]
    for each in sent:
        each.name = "a.jpg" if status == 422 else "a.html"
    answer = visitor.send(text=BRIDGE, photos=sent)
    assert answer.status_code == status
    assert BRIDGE in answer.content.decode()
    assert cases() == []


def test_too_many_bytes_of_one_address_are_refused_and_words_still_pass(visitor: Visitor) -> None:
    door.BYTES.take(visitor.address, visitor.at + timedelta(seconds=20), cost=60 * door.MEGABYTE)
    answer = visitor.send(text=BRIDGE, photos=[photo()])
    assert (answer.status_code, answer.headers["X-Problem"]) == (422, "public.no_room")
    assert BRIDGE in answer.content.decode()
    again = {"text": BRIDGE, "slip": answer.context["form"]["slip"].value()}
    assert visitor.post("/public/report/", again).status_code == 302
