"""HEAD and POST `submission`: what ODK's, Kobo's and CommCare's clients may count on."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from mulian.core.access import devices
from mulian.core.access.models import Device
from mulian.core.files.models import Blob, BlobUse
from mulian.kernel.actor import SYSTEM
from mulian.modules.forms.models import Submission
from mulian.modules.households.actions.moving import move_household_to_grid
from tests.gateways.openrosa.conftest import (
    HTTP,
    Collect,
    collect_of,
    filled,
    instance,
    multipart,
    picture,
    publish_pens,
    rows,
    said,
    sound,
)
from tests.world import AT, GRID2, World

pytestmark = pytest.mark.django_db(databases="__all__")
PENS = "<pens><length>3.5</length><photo>照片 ༡.jpg</photo></pens><pens><length>4</length></pens>"
VOICE = "<voice>སྒྲ.wav</voice>"


def test_head_answers_204_with_an_address_on_the_host_that_was_asked(collect: Collect) -> None:
    answer = collect.client.head(
        f"{collect.base}/submission?deviceID=a", headers=HTTP, HTTP_HOST="localhost:81"
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Location"] == f"http://localhost:81{collect.base}/submission"
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "100000000"


def test_a_filled_form_becomes_answers_by_the_types_of_its_version(collect: Collect) -> None:
    inside = f"<start>2026-11-22T08:00:00+08:00</start><roof> ཐོག </roof><heads>12</heads>{PENS}{VOICE}"
    answer = collect.send(filled(inside), {"照片 ༡.jpg": picture(), "སྒྲ.wav": sound()})
    assert said(answer)[:2] == (201, "submit_success")
    (row,) = rows()
    assert row.answers == {
        "roof": "ཐོག",
        "heads": 12,
        "pens": [{"length": 3.5, "photo": "照片 ༡.jpg"}, {"length": 4}],
        "voice": "སྒྲ.wav",
    }
    assert (row.state, row.via, row.instance, row.missing) == ("kept", "openrosa", instance("one"), ())
    assert row.files == {
        "照片 ༡.jpg": sha256(picture()).hexdigest(),
        "སྒྲ.wav": sha256(sound()).hexdigest(),
    }
    assert set(BlobUse.objects.filter(subject_id=row.id).values_list("blob_id", flat=True)) == set(
        row.files.values()
    )


def test_the_sentence_is_in_the_users_language(collect: Collect, world: World) -> None:
    assert said(collect.send(filled()))[2] == "རྫོང་ལ་འབྱོར་ཟིན།"
    assert said(collect_of(world, "liaison3").send(filled(name="two")))[2] == "县里已收到。"


def test_the_same_again_changes_nothing_and_succeeds(collect: Collect) -> None:
    first, again = collect.send(filled()), collect.send(filled())
    assert [said(each)[:2] for each in (first, again)] == [(201, "submit_success")] * 2
    assert len(rows()) == 1


def test_another_content_under_the_same_name_is_refused_and_changes_nothing(collect: Collect) -> None:
    collect.send(filled("<roof>a</roof>"))
    status, nature, sentence = said(collect.send(filled("<roof>b</roof>")))
    assert (status, nature) == (409, "error")
    assert sentence
    assert [row.answers for row in rows()] == [{"roof": "a"}]


def test_somebody_elses_name_is_refused(collect: Collect, world: World) -> None:
    collect.send(filled())
    assert said(collect_of(world, "liaison3").send(filled()))[0] == 409
    assert len(rows()) == 1


def test_several_parts_make_one_and_what_is_missing_is_counted_from_the_answers(collect: Collect) -> None:
    """The word `*isIncomplete*` is not believed: neither its absence nor its presence."""
    xml = filled(PENS + VOICE)
    first = collect.send(xml, {"照片 ༡.jpg": picture()})
    assert said(first)[0] == 201
    assert rows()[0].missing == ("སྒྲ.wav",)
    last = collect.send(xml, {"སྒྲ.wav": sound()}, more=True)
    assert said(last)[0] == 201
    (row,) = rows()
    assert row.missing == ()
    assert said(first)[2] != said(last)[2]


def test_files_come_again_and_are_kept_once(collect: Collect) -> None:
    xml = filled(PENS)
    for _ in range(3):
        assert said(collect.send(xml, {"照片 ༡.jpg": picture()}))[0] == 201
    assert Blob.objects.count() == BlobUse.objects.count() == 1


def test_a_file_that_came_is_not_replaced(collect: Collect) -> None:
    xml = filled(PENS)
    collect.send(xml, {"照片 ༡.jpg": picture("red")})
    collect.send(xml, {"照片 ༡.jpg": picture("blue")})
    assert rows()[0].files == {"照片 ༡.jpg": sha256(picture("red")).hexdigest()}


def test_what_no_answer_names_and_what_is_empty_is_left_aside(collect: Collect) -> None:
    answer = collect.send(filled(PENS), {"audit.csv": b"a,b", "照片 ༡.jpg": b""})
    assert said(answer)[0] == 201
    assert Blob.objects.count() == 0
    assert rows()[0].missing == ("照片 ༡.jpg",)


def test_a_file_nobody_can_open_holds_up_no_answers(collect: Collect) -> None:
    assert said(collect.send(filled(PENS), {"照片 ༡.jpg": b"no picture"}))[0] == 201
    assert rows()[0].missing == ()
    assert Blob.objects.get().state == Blob.State.CHECKING


@pytest.mark.parametrize("kind", ["text/xml", "application/xml; charset=utf-8"])
def test_a_bare_body_of_xml_is_a_submission(collect: Collect, kind: str) -> None:
    answer = collect.client.post(
        f"{collect.base}/submission", filled().encode(), content_type=kind, headers=HTTP
    )
    assert said(answer)[0] == 201
    assert rows()[0].answers == {"roof": "好"}


def test_a_body_without_a_length_is_read_to_its_end(collect: Collect) -> None:
    """Chunked transfer: the server below gives the body and no length."""
    body, kind = multipart(filled(PENS), {"照片 ༡.jpg": picture()})
    stream: dict[str, Any] = {
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": "",
        "CONTENT_TYPE": kind,
        "HTTP_TRANSFER_ENCODING": "chunked",
    }
    answer = collect.client.generic("POST", f"{collect.base}/submission", b"", kind, **stream)
    assert said(answer)[0] == 201
    assert rows()[0].missing == ()


def test_a_body_that_broke_off_is_not_taken_for_a_whole_one(collect: Collect) -> None:
    body, kind = multipart(filled(PENS), {"照片 ༡.jpg": picture()})
    for length in (len(body) - 1 - len("--\r\n"), len(body) // 2, 40):
        answer = collect.client.generic("POST", f"{collect.base}/submission", body[:length], kind)
        assert said(answer)[0] == 400
    bare = collect.client.generic("POST", f"{collect.base}/submission", filled()[:-9], "text/xml")
    assert said(bare)[0] == 400
    assert (rows(), Blob.objects.count()) == ([], 0)


def test_a_form_that_names_no_version_means_the_present_one(collect: Collect) -> None:
    publish_pens("2")
    assert said(collect.send(filled(version="")))[0] == 201
    assert said(collect.send(filled(name="old")))[0] == 201
    assert {row.instance: row.form.version for row in rows()} == {instance("one"): "2", instance("old"): "1"}


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (filled(form="nothing"), 404),
        (filled(version="99"), 404),
        ("<data id='pens' version='1'", 400),
        ("<!DOCTYPE data [<!ENTITY a 'b'>]><data id='pens' version='1'><roof>&a;</roof></data>", 400),
        ("<data/>", 400),
        (
            '<data id="pens" version="1" encrypted="yes"><base64EncryptedKey>a</base64EncryptedKey></data>',
            422,
        ),
        ("", 400),
        (filled(deprecated="uuid:never"), 404),
    ],
)
def test_what_cannot_be_taken_in_says_so_and_leaves_nothing(collect: Collect, xml: str, status: int) -> None:
    found, nature, sentence = said(collect.send(xml, {"照片 ༡.jpg": picture()}))
    assert (found, nature) == (status, "error")
    assert sentence
    assert (rows(), BlobUse.objects.count()) == ([], 0)


def test_other_kinds_of_body_are_refused(collect: Collect) -> None:
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        answer = collect.client.post(f"{collect.base}/submission", b"{}", content_type=kind, headers=HTTP)
        assert said(answer)[:2] == (415, "error")
    no_form = (
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--edge--\r\n',
        "multipart/form-data; boundary=edge",
    )
    assert said(collect.client.generic("POST", f"{collect.base}/submission", *no_form))[0] == 400


def test_answers_that_do_not_fit_are_held_for_an_officer_and_not_lost(collect: Collect) -> None:
    assert said(collect.send(filled("<heads>many</heads><roof>x</roof>")))[0] == 201
    (row,) = rows()
    assert (row.state, row.answers, set(row.refused)) == ("held", {"heads": "many", "roof": "x"}, {"heads"})


def test_an_edit_replaces_the_present_one_and_carries_its_files_on(collect: Collect) -> None:
    collect.send(filled(PENS), {"照片 ༡.jpg": picture()})
    edit = filled(PENS + "<roof>new</roof>", name="two", deprecated=instance("one"))
    assert said(collect.send(edit))[0] == 201
    old, new = sorted(rows(), key=lambda row: row.state, reverse=True)
    assert (old.state, new.state, new.replaces_id) == ("replaced", "kept", old.id)
    assert new.files == old.files
    assert new.missing == ()
    assert said(collect.send(edit))[0] == 201
    late = filled("<roof>late</roof>", name="three", deprecated=instance("one"))
    assert said(collect.send(late))[0] == 409
    assert len(rows()) == 2


def test_a_family_is_chosen_from_ones_own_and_no_others(collect: Collect, world: World) -> None:
    def about(name: str, household: str) -> tuple[int, str, str]:
        inside = f"<mulian_subject>{household}</mulian_subject><word>好</word>"
        return said(collect.send(filled(inside, name=name, form="family")))

    assert about("mine", str(world.households["near"]))[0] == 201
    assert about("foreign", str(world.households["beyond"]))[0] == 404
    assert about("nobody", "00000000-0000-0000-0000-000000000000")[0] == 404
    assert [(row.household, row.answers) for row in rows()] == [(world.households["near"], {"word": "好"})]


def test_what_was_written_before_a_family_went_to_another_liaison_is_taken(
    collect: Collect, world: World
) -> None:
    """Offline for days: the right to write is that of the day of writing."""
    home = world.households["near"]
    moved = AT - timedelta(hours=2)
    move_household_to_grid(household=home, grid=GRID2, actor=SYSTEM, at=moved)

    def written(name: str, hours: int) -> int:
        when = (AT - timedelta(hours=hours)).isoformat()
        inside = f"<mulian_subject>{home}</mulian_subject><word>好</word><mulian_end>{when}</mulian_end>"
        return said(collect.send(filled(inside, name=name, form="family")))[0]

    assert [written("before", 3), written("after", 1)] == [201, 404]
    assert [row.household for row in rows()] == [home]


def test_a_revoked_phone_sends_nothing(collect: Collect) -> None:
    device = Device.objects.filter(label=devices_label()).latest("enrolled_at")
    devices.revoke(device=device.id, actor=SYSTEM, at=AT)
    assert said(collect.send(filled()))[:2] == (403, "error")
    assert Submission.unscoped.because("a test looks").count() == 0


def devices_label() -> str:
    return "ODK Collect"
