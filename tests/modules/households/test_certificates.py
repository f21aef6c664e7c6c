"""Papers taken in: confirmed by a person, covered before they are kept, locked, counted, found, gone at their end."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.search.models import SearchEntry
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Paper
from mulian.modules.households.actions import certificates as papers
from mulian.modules.households.actions.certificates import Covered
from mulian.modules.households.domain.certificates import Taken
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models import (
    Certificate,
    CertificatePicture,
    Document,
    Household,
    Item,
    Member,
    Reading,
)
from mulian.modules.households.queries import certificates as queries
from tests.core.providers.ocr.drawn import NUMBER, identity, picture, red
from tests.world import AT, World

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PLAIN = [(70, 100, 40, "草原承包经营权证"), (70, 200, 34, "承包面积1200亩")]


@pytest.fixture
def typing_only(settings: Any) -> None:
    """As on a machine without the reader."""
    settings.MULIAN_OCR = False


def client_of(world: World, username: str) -> Client:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people[username]))
    return client


def member_of(world: World, place: int = 0) -> Member:
    return Member.unscoped.filter(household=world.households["near"]).order_by("position")[place]


def keep(world: World, username: str = "village_lead", household: str = "near", **given: Any) -> UUID:
    values: dict[str, Any] = {
        "code": "grassland", "member": None, "taken": Taken(), "seen_on": None, "covered": None, "at": AT, **given
    }  # fmt: skip
    return papers.keep_certificate(
        household=world.households[household], actor=world.actor(username), **values
    )


def by_hand(content: bytes) -> Covered:
    return Covered(content, by_hand=True)


def everything_kept() -> Iterator[bytes]:
    """All files of the data folder, and every value of every table."""
    for path in Path(django_settings.MULIAN_DATA).rglob("*"):
        if path.is_file():
            yield path.read_bytes()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    yield " ".join(
                        bytes(v).decode("latin1") if isinstance(v, memoryview) else str(v) for v in row
                    ).encode()


def test_what_was_confirmed_is_told_as_read_in_a_paper(world: World, typing_only: None) -> None:
    near = world.households["near"]
    id = keep(world, taken=Taken(name="合成新名", items=(("pasture.area", "1200.5"),)))

    item = Item.unscoped.get(household=near, valid_to=None)
    row = Certificate.unscoped.get(id=id)
    assert (item.code, item.amount, item.telling.source) == ("pasture.area", 120050, "paper")
    assert Household.unscoped.get(id=near).name == "合成新名"
    assert (row.document.code, row.document.held, row.by_hand) == ("grassland", True, False)
    assert not CertificatePicture.unscoped.exists()
    told = Event.objects.get(name="households.certificate_kept").data
    assert told == {"certificate": str(id), "pictured": False, "by_hand": False}


def test_a_members_paper_changes_the_member(world: World, typing_only: None) -> None:
    one = member_of(world)
    keep(world, code="identity", member=one.id, taken=Taken(name_bo="སྒྲོལ་མ", birth_year=1984))

    one.refresh_from_db()
    assert (one.name_bo, one.birth_year, Document.unscoped.get().member) == ("སྒྲོལ་མ", 1984, one.id)


def test_all_or_nothing(world: World, typing_only: None) -> None:
    with pytest.raises(Problem, match="item_value"):
        keep(world, taken=Taken(name="合成新名", items=(("pasture.area", "many"),)))

    assert (Document.unscoped.count(), Certificate.unscoped.count(), Item.unscoped.count()) == (0, 0, 0)
    assert Household.unscoped.get(id=world.households["near"]).name != "合成新名"


@pytest.mark.parametrize("signature", ["", "forged:one:two"])
def test_a_picture_nobody_answers_for_is_not_kept(world: World, typing_only: None, signature: str) -> None:
    with pytest.raises(Problem, match="not_covered"):
        keep(world, covered=Covered(picture(PLAIN), signature))
    assert Certificate.unscoped.count() == 0


def test_a_signature_holds_for_one_picture_of_one_family_and_paper(world: World) -> None:
    content = b"covered"
    good = papers.signing.dumps(
        papers._signed(world.households["near"], "grassland", content), salt=papers.SALT
    )

    keep(world, covered=Covered(content, good))
    wrongs: list[dict[str, Any]] = [
        {"household": "next"},
        {"code": "booklet"},
        {"covered": Covered(b"other", good)},
    ]
    for wrong in wrongs:
        with pytest.raises(Problem, match="not_covered"):
            keep(world, **{"covered": Covered(content, good), **wrong})


def test_a_picture_covered_by_hand_is_written_anew_locked_and_its_openings_are_counted(
    world: World, typing_only: None
) -> None:
    near, sent = world.households["near"], picture(PLAIN)
    id = keep(world, covered=by_hand(sent))

    box = bytes(CertificatePicture.unscoped.get().box)
    assert b"made of nobody" in sent
    assert not any(part in box for part in (b"JFIF", b"Exif", b"made of nobody"))
    answer = client_of(world, "liaison").get(f"/households/{near}/certificates/{id}/")
    assert (answer.status_code, answer.headers["Content-Type"], answer.content[:2]) == (
        200,
        "image/jpeg",
        b"\xff\xd8",
    )
    assert (b"made of nobody" in answer.content, answer.headers["Cache-Control"]) == (
        False,
        "no-store, private",
    )
    papers.open_picture(certificate=id, household=near, actor=world.actor("village_lead"), at=AT)
    read = Reading.unscoped.filter(way=Way.PAPER).values_list("person", "why", "times")
    assert sorted(read) == sorted(
        [(world.people[who], "grassland", 1) for who in ("liaison", "village_lead")]
    )


def test_another_secret_opens_nothing(world: World, typing_only: None, settings: Any) -> None:
    id = keep(world, covered=by_hand(picture(PLAIN)))
    settings.SECRET_KEY = "another"
    with pytest.raises(Problem, match="picture_locked"):
        papers.open_picture(
            certificate=id, household=world.households["near"], actor=world.actor("liaison"), at=AT
        )


def test_who_does_not_help_the_family_sees_neither_picture_nor_words(world: World, typing_only: None) -> None:
    near = world.households["near"]
    id = keep(world, covered=by_hand(picture(PLAIN)))

    for who in ("outsider", "county_duty", "grid_head", "leader"):
        with pytest.raises(Problem):
            papers.open_picture(certificate=id, household=near, actor=world.actor(who), at=AT)
        assert list(queries.found(world.actor(who), "草原", AT)) == []
    with pytest.raises(Problem):
        keep(world, "outsider")


def test_papers_are_found_in_both_scripts_and_only_in_ones_own_scope(world: World, typing_only: None) -> None:
    one = member_of(world)
    keep(world, code="identity", member=one.id, taken=Taken(name="合成卓玛", name_bo="སྒྲོལ་མ"))
    keep(world, "township_officer", household="beyond", taken=Taken(name="合成卓玛"))
    near = world.households["near"]

    def homes(who: str, words: str) -> list[UUID]:
        return [row.document.household_id for row in queries.found(world.actor(who), words, AT)]

    assert [homes("village_lead", words) for words in ("卓玛", "སྒྲོལ་མའི", "身份证", "ལག་ཁྱེར", NUMBER, "", "藏族")] == [
        [near], [near], [near], [near], [], [], []
    ]  # fmt: skip
    beyond = world.households["beyond"]
    told = {who: set(found) for who in world.people if (found := homes(who, "卓玛"))}
    assert told == {
        **{who: {near} for who in ("liaison", "village_lead", "village_deputy")},
        **{who: {beyond} for who in ("liaison3", "village_lead2")},
        "township_officer": {near, beyond},
    }
    page = client_of(world, "village_lead").get("/households/certificates/", {"q": "卓玛"}).content.decode()
    assert page.count("#papers") == 1


def test_what_is_kept_ends_with_a_later_look_by_hand_or_in_time(world: World, typing_only: None) -> None:
    near = world.households["near"]
    first = keep(world, covered=by_hand(picture(PLAIN)))
    second = keep(world, at=AT + DAY)
    assert [row.id for row in Certificate.unscoped.all()] == [second]
    assert not CertificatePicture.unscoped.exists()

    actions.note_paper(
        household=near,
        paper=Paper(code="grassland", held=False),
        actor=world.actor("liaison"),
        at=AT + 2 * DAY,
    )
    assert queries.of_papers(Document.unscoped.values_list("id", flat=True), (AT + 2 * DAY).date()) == {}
    assert papers.forget_certificates(AT + 2 * DAY) == 1
    third = keep(world, at=AT + 3 * DAY)
    address = f"/households/{near}/certificates/{third}/remove/"
    assert [client_of(world, who).post(address).status_code for who in ("leader", "liaison", "liaison")] == [
        403,
        302,
        404,
    ]
    kept = keep(world, code="low_income", at=AT)
    assert papers.forget_certificates(AT + 360 * DAY) == 0
    papers.forget_certificates(AT + 366 * DAY)
    assert not Certificate.unscoped.filter(id=kept).exists()
    gone = Event.objects.filter(name="households.certificate_gone").order_by("recorded_at", "id")
    assert {(e.data["certificate"], e.data["why"]) for e in gone} == {
        (str(first), "replaced"), (str(second), "replaced"), (str(third), "removed"), (str(kept), "ended")
    }  # fmt: skip
    assert set(
        SearchEntry.objects.filter(subject_kind="certificate").values_list("subject_id", flat=True)
    ) == set(Certificate.unscoped.values_list("id", flat=True))


def test_words_of_an_erased_family_are_forgotten(world: World, typing_only: None) -> None:
    keep(world)
    Document.unscoped.all().delete()
    assert SearchEntry.objects.filter(subject_kind="certificate").exists()
    papers.forget_certificates(AT)
    assert not SearchEntry.objects.filter(subject_kind="certificate").exists()


def test_without_a_reader_the_page_says_so_and_a_person_types(world: World, typing_only: None) -> None:
    near = world.households["near"]
    client = client_of(world, "village_lead")
    chosen = client.post(f"/households/{near}/certificates/new/", {"code": "grassland"})
    assert chosen.headers["Location"] == f"/households/{near}/certificates/new/?code=grassland"
    page = client.get(chosen.headers["Location"]).content.decode()
    answer = client.post(
        chosen.headers["Location"], {"pasture.area": "88", "name": "", "valid_to": "2039-03-01"}
    )

    assert "没有安装" in page
    assert (answer.status_code, Item.unscoped.get(household=near).amount) == (302, 8800)
    client.post(chosen.headers["Location"], {})
    assert [str(row.valid_to) for row in Document.unscoped.all()] == ["2039-03-01"] * 2
    read = client.post(
        f"/households/{near}/certificates/read/?code=grassland", picture(PLAIN), content_type="image/jpeg"
    )
    assert (read.json()["read"], read.json()["picture"], read.json()["proposals"]) == (False, "", [])


@pytest.mark.parametrize(
    ("sent", "code"),
    [(b"GIF89a" + b"\0" * 40, "files.wrong_type"), (b"\xff\xd8\xff" + b"\0" * 99, "files.unreadable"),
     (b"\xff" * (8 * 1024 * 1024 + 1), "files.too_large")],
)  # fmt: skip
def test_what_is_no_picture_is_refused(world: World, typing_only: None, sent: bytes, code: str) -> None:
    address = f"/households/{world.households['near']}/certificates/read/?code=identity"
    answer = client_of(world, "village_lead").post(
        address, sent, content_type="image/jpeg", headers={"Accept": "application/json"}
    )
    assert (answer.status_code >= 400, answer.json()["code"]) == (True, code)


@pytest.mark.django_db(databases="__all__")
def test_a_card_is_read_covered_confirmed_and_its_number_is_nowhere(world: World) -> None:
    """The whole way with the real reader; nothing of the photo is in a file or a table afterwards."""
    near, one = world.households["near"], member_of(world)
    client = client_of(world, "village_lead")
    read = client.post(
        f"/households/{near}/certificates/read/?code=identity", identity(), content_type="image/jpeg"
    ).json()
    assert (read["doubts"], {p["to"]: p["value"] for p in read["proposals"]}) == (
        [], {"name": "合成卓玛", "birth_year": "1984"}
    )  # fmt: skip
    assert (Document.unscoped.count(), Certificate.unscoped.count()) == (0, 0)
    address = f"/households/{near}/certificates/new/?code=identity&member={one.id}"
    sent = {
        "name": "合成卓玛",
        "birth_year": "1984",
        "picture": read["picture"],
        "signature": read["signature"],
    }
    assert client.post(address, sent).status_code == 302

    row = Certificate.unscoped.get()
    shown = papers.open_picture(certificate=row.id, household=near, actor=world.actor("liaison"), at=AT)
    assert (row.by_hand, red(shown), shown == base64.b64decode(read["picture"])) == (False, 0, True)
    # Its middle: how a JPEG begins is the same in every picture.
    own = shown[len(shown) // 2 :][:100]
    assert [each for each in everything_kept() if NUMBER.encode() in each or own in each] == []
