"""Papers photographed on phones: announced by a command, their covered pictures taken in memory, looked at again,
sealed, confirmed at the desk, gone in a month; a person's number is nowhere, whoever forgot to cover it."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from mulian.core.events.models import Event
from mulian.core.providers.ocr import reading
from mulian.core.sync import sealing
from mulian.core.sync.models import Command
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import certificates as papers
from mulian.modules.households.actions import phone_papers as actions
from mulian.modules.households.actions.retaining import forget_phone_papers
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import Certificate, CertificatePicture, Document, PhonePaper, Reading
from mulian.modules.households.queries.phone_papers import turned_away, waiting
from tests.core.files import samples
from tests.core.providers.ocr.drawn import NUMBER, identity, picture
from tests.modules.households.test_certificates import PLAIN, client_of, everything_kept, member_of
from tests.world import AT, World
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def typing_only(settings: Any) -> None:
    """As on a machine without the reader: only written anew."""
    settings.MULIAN_OCR = False


def announce(world: World, who: str = "liaison", household: str = "near", **body: Any) -> Command:
    said = {"household": str(world.households[household]), "code": "grassland"} | body
    return Phone(world, who).send("households.paper", said)


def boxed(world: World, content: bytes, who: str = "liaison") -> tuple[str, bytes]:
    key = sealing.current_key(AT)
    return key.kid, sealing.seal_bytes(key.public_jwk, world.devices[who].bytes + content)


def put(world: World, id: UUID, content: bytes, who: str = "liaison", maker: str = "") -> Any:
    kid, box = boxed(world, content, maker or who)
    headers = {"Authorization": f"Device {world.token(who)}", "Accept": "application/json"}
    return client_of(world, who).put(f"/field/papers/{id}?key={kid}", box, headers=headers)


def test_a_picture_is_kept_sealed_and_waits_for_the_desk(world: World, typing_only: None) -> None:
    row, sent = announce(world), picture(PLAIN)
    answers = [put(world, row.id, sent).status_code for _ in range(2)]

    kept = PhonePaper.unscoped.get()
    assert (row.state, row.refs, answers) == (
        "applied",
        {"household": str(world.households["near"])},
        [204, 204],
    )
    assert not any(part in bytes(kept.box or b"") for part in (b"JFIF", b"Exif", b"made of nobody"))
    assert [one.id for one in waiting(world.actor("village_lead"), AT)] == [row.id]
    assert [list(waiting(world.actor(who), AT)) for who in ("outsider", "county_duty", "leader")] == [
        [],
        [],
        [],
    ]
    near = kept.household_id
    shown = client_of(world, "village_lead").get(f"/households/{near}/photographed/{row.id}/")
    assert (shown.status_code, shown.headers["Content-Type"], shown.content[:2]) == (
        200,
        "image/jpeg",
        b"\xff\xd8",
    )
    assert b"made of nobody" not in shown.content
    read = Reading.unscoped.filter(way=Way.PAPER).values_list("person", "why")
    assert list(read) == [(world.people["village_lead"], "grassland")]
    told = (
        Event.objects.filter(name__startswith="households.paper_").order_by("id").values_list("name", "data")
    )
    assert list(told) == [
        ("households.paper_photographed", {"paper": str(row.id), "code": "grassland"}),
        ("households.paper_pictured", {"paper": str(row.id), "refused": ""}),
    ]


def test_only_the_phone_that_announced_it_hands_the_picture_in(world: World, typing_only: None) -> None:
    row, sent = announce(world), picture(PLAIN)
    codes = [
        put(world, row.id, sent, "liaison2").json()["code"],
        put(world, row.id, sent, maker="liaison2").json()["code"],
        put(world, uuid4(), sent).json()["code"],
        client_of(world, "liaison").put(f"/field/papers/{row.id}?key=none", sent).json()["code"],
    ]
    assert (codes, PhonePaper.unscoped.get().box) == (["not_found"] * 3 + ["device_unknown"], None)


@pytest.mark.parametrize(
    ("body", "code"),
    [({"code": "passport"}, "households.item_unknown"), ({"code": "identity"}, "households.member"),
     ({"household": "far"}, "not_found"), ({"code": "x" * 25}, "sync.bad_body")],
)  # fmt: skip
def test_what_cannot_be_is_refused(world: World, body: dict[str, Any], code: str) -> None:
    household = str(world.households.get(body.get("household", "near"), uuid4()))
    row = Phone(world, "liaison").send(
        "households.paper", {"code": "grassland"} | body | {"household": household}
    )
    assert (row.state, row.code, PhonePaper.unscoped.count()) == ("refused", code, 0)


@pytest.mark.parametrize(
    ("sent", "code"),
    [(b"GIF89a" + b"\0" * 40, "files.wrong_type"), (b"", "sync.sealed"), (b"\xff" * 9_000_000, "files.too_large"),
     (samples.png_bomb(), "files.too_many_pixels"), (picture(PLAIN)[:900], "files.unreadable")],
)  # fmt: skip
def test_what_is_no_picture_is_turned_away(world: World, typing_only: None, sent: bytes, code: str) -> None:
    row = announce(world)
    assert (put(world, row.id, sent).json()["code"], PhonePaper.unscoped.get().box) == (code, None)


def test_a_busy_reader_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal that holds only for now leaves the door open."""
    row = announce(world)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "PATIENCE", 0.0)
        with reading._turn:
            assert put(world, row.id, picture(PLAIN)).status_code == 503
    assert PhonePaper.unscoped.get().refused == ""
    assert put(world, row.id, picture(PLAIN)).status_code == 204
    assert PhonePaper.unscoped.get().box is not None


def test_a_reader_that_dies_keeps_nothing_and_the_phone_asks_for_another_picture(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = announce(world)
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.01)
    assert put(world, row.id, picture(PLAIN)).json()["code"] == "ocr.died"
    kept = PhonePaper.unscoped.get()
    assert (kept.box, kept.refused, list(turned_away([kept.household_id]))) == (
        None,
        "ocr.died",
        [kept.household_id],
    )


def test_the_desk_confirms_it_and_the_phones_picture_goes(world: World, typing_only: None) -> None:
    near, row = world.households["near"], announce(world)
    put(world, row.id, picture(PLAIN))
    client = client_of(world, "village_lead")
    address = f"/households/{near}/certificates/new/?code=grassland&phone={row.id}"

    assert (
        f'href="{address.replace("&", "&amp;")}"' in client.get("/households/certificates/").content.decode()
    )
    assert (
        f'data-photographed="/households/{near}/photographed/{row.id}/"'
        in client.get(address).content.decode()
    )
    sent = {"picture": base64.b64encode(picture(PLAIN)).decode(), "covered": "on", "pasture.area": "88"}
    assert client.post(address, sent).status_code == 302
    assert (PhonePaper.unscoped.count(), CertificatePicture.unscoped.count()) == (0, 1)
    assert (Certificate.unscoped.get().by_hand, Document.unscoped.get().code) == (True, "grassland")
    assert client.get(address).status_code == 404


def test_what_cannot_be_read_is_deleted_and_the_rest_goes_in_a_month(world: World, typing_only: None) -> None:
    near, first, second = world.households["near"], announce(world), announce(world)
    put(world, first.id, picture(PLAIN))
    drop = f"/households/{near}/photographed/{first.id}/drop/"
    codes = [
        client_of(world, who).post(drop).status_code for who in ("leader", "village_lead", "village_lead")
    ]

    left = PhonePaper.unscoped.order_by("noted_at", "id").values_list("id", "refused", "box")
    assert (codes, list(left)) == (
        [403, 302, 404],
        [(first.id, "households.paper_unreadable", None), (second.id, "", None)],
    )
    assert forget_phone_papers(AT + actions.KEPT - timedelta(seconds=1)) == 0
    assert forget_phone_papers(AT + actions.KEPT) == 2
    assert not PhonePaper.unscoped.exists()


def test_the_phones_of_who_helps_the_family_ask_for_it_again_until_it_was_taken_again(
    world: World, typing_only: None
) -> None:
    near = world.households["near"]

    phones = {who: Phone(world, who) for who in ("liaison", "grid_head")}

    def asked(who: str = "liaison") -> list[tuple[str, str]]:
        phones[who].pull()
        held = phones[who].held.get(("household", str(near)), {})
        return [(one["id"], one["code"]) for one in held.get("retake") or []]

    row = announce(world)
    put(world, row.id, picture(PLAIN))
    assert asked() == asked("grid_head") == []
    client_of(world, "village_lead").post(f"/households/{near}/photographed/{row.id}/drop/")
    assert (asked(), asked("grid_head")) == ([(str(row.id), "grassland")], [])
    assert put(world, row.id, picture(PLAIN)).json()["code"] == "households.paper_unreadable"
    announce(world)
    assert (asked(), PhonePaper.unscoped.count()) == ([], 1)


def test_a_number_that_was_not_covered_is_covered_here_and_is_nowhere(world: World) -> None:
    """With the real reader: a liaison covered nothing at all; nothing of the card is in a file or a table."""
    near, one, sent = world.households["near"], member_of(world), identity()
    row = announce(world, code="identity", member=str(one.id))
    assert put(world, row.id, sent).status_code == 204

    shown = actions.open_phone_paper(id=row.id, household=near, actor=world.actor("village_lead"), at=AT)
    looked = papers.look_at(
        household=near, code="identity", picture=shown, actor=world.actor("village_lead"), at=AT
    )
    assert not any(NUMBER in one.text for one in looked.answer.proposals)
    own, raw = shown[len(shown) // 2 :][:100], sent[len(sent) // 2 :][:100]
    assert [each for each in everything_kept() if NUMBER.encode() in each or own in each or raw in each] == []


def test_what_is_still_seen_is_refused_for_ever_and_nothing_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(*_: object) -> bytes:
        raise Problem("ocr.still_seen")

    row = announce(world)
    monkeypatch.setattr(reading, "written_anew", seen)
    assert put(world, row.id, picture(PLAIN)).json()["code"] == "ocr.still_seen"
    monkeypatch.undo()
    again = put(world, row.id, picture(PLAIN))
    kept = PhonePaper.unscoped.get()
    assert (again.status_code, again.json()["code"], kept.box, kept.arrived_at) == (
        422,
        "ocr.still_seen",
        None,
        None,
    )
    assert list(waiting(world.actor("village_lead"), AT)) == []
