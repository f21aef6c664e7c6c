"""A native speaker lends the phones a voice: recorded, heard, replaced, taken away, or brought by the pack."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from mulian.core import packs
from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.files import murmurs
from mulian.core.files.models import BlobUse
from mulian.kernel.problems import Problem
from mulian.modules.phrases import actions, pack
from mulian.modules.phrases.models import Recording
from mulian.modules.phrases.queries import packed, spoken
from mulian.modules.phrases.seed import EXAMPLES, seed
from tests.world import AT, World

SAVE = "ཉར་ཚགས"


def say(world: World, words: str = SAVE, sound: str = "one", who: str = "village_lead") -> Recording:
    actor = world.actor(who)
    blob = murmurs.bring(sound, seconds=0.6, actor=actor, at=AT)
    return actions.record(language="bo", words=words, sha256=blob.sha256, actor=actor, at=AT)


def sign_in(client: Client, who: str) -> None:
    client.force_login(Person.objects.get(username=who))


def manifest(language: str = "bo") -> list[dict[str, Any]]:
    return Client().get(f"/field/phrases/{language}").json()["sounds"]


def test_what_facts_are_called_is_wanted_too_for_families_and_forms(world: World) -> None:
    words = {line.phrase.words for line in spoken.lines("bo")}

    facts = {"སྡོད་ཁང་གི་རིགས", "རས་གུར", "རྒན་པ་ཁེར་སྡོད", "རྩྭ་སའི་ལག་ཁྱེར"}  # an item, a choice, a need, a document
    assert facts & words == facts


def test_each_wording_is_wanted_once_with_the_packs_hazards_and_digits(world: World) -> None:
    wanted = [line.phrase for line in spoken.lines("bo")]
    words = [phrase.words for phrase in wanted]
    assert words[:4] == [SAVE, "སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད", "ལོའི་ཟླ", "ཚེས"]
    assert "མེ་སྐྱོན" in words
    assert len(words) == len(set(words))
    assert next(phrase.shown for phrase in wanted if phrase.words == "3") == "གསུམ"


def test_a_spoken_label_reaches_every_phone_without_a_token(world: World) -> None:
    row = say(world, "  ཉར་ཚགས། ")
    assert row.words == SAVE
    [one] = manifest()
    assert one["words"] == SAVE
    answer = Client().get(f"/field/phrases/bo/{one['sha256']}")
    sound = b"".join(answer)  # type: ignore[arg-type]
    assert (answer.status_code, answer["Content-Type"], len(sound)) == (200, "audio/webm", one["size"])
    assert "immutable" in answer["Cache-Control"]
    assert manifest("zh-Hans") == []
    assert Client().get(f"/field/phrases/zh-Hans/{one['sha256']}").status_code == 404


def test_an_unchanged_list_costs_a_304(world: World) -> None:
    say(world)
    first = Client().get("/field/phrases/bo")
    again = Client().get("/field/phrases/bo", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    say(world, sound="two")
    assert Client().get("/field/phrases/bo", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_speaking_anew_replaces_and_lets_the_earlier_sound_go(world: World) -> None:
    first = say(world)
    second = say(world, sound="two", who="administrator")
    assert [row.id for row in Recording.objects.all()] == [second.id]
    assert set(BlobUse.objects.filter(subject_kind="phrase").values_list("subject_id", flat=True)) == {
        second.id
    }
    actions.drop(language="bo", words=SAVE, actor=world.actor("village_lead"), at=AT)
    assert (manifest(), BlobUse.objects.filter(subject_id=first.id).count()) == ([], 0)
    names = list(Event.objects.filter(subject_kind="phrase").order_by("id").values_list("name", flat=True))
    assert names == ["phrases.recorded", "phrases.recorded", "phrases.dropped"]


@pytest.mark.parametrize(
    "wrong",
    [{"language": "en"}, {"words": "།"}, {"words": "x" * 301}, {"sha256": "no hash"}],
)
def test_nonsense_is_refused(world: World, wrong: dict[str, str]) -> None:
    given = {"language": "bo", "words": SAVE, "sha256": "a" * 64} | wrong
    with pytest.raises(Problem) as refused:
        actions.record(**given, actor=world.actor("village_lead"), at=AT)  # type: ignore[arg-type]
    assert refused.value.code == "invalid"


def test_a_sound_still_on_its_way_is_offered_to_nobody(world: World) -> None:
    actions.record(language="bo", words=SAVE, sha256="a" * 64, actor=world.actor("village_lead"), at=AT)
    assert manifest() == []


def test_a_pack_brings_recordings_and_the_console_goes_before_them(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(packs.current(), folder=tmp_path / "county")
    folder = own.folder / "phrases" / "bo"
    folder.mkdir(parents=True)
    (folder / "a.webm").write_bytes(murmurs.murmur("pack", seconds=0.5))
    (folder / "index.toml").write_text(f'[sounds]\n"a.webm" = "{SAVE}"\n', encoding="utf-8")
    monkeypatch.setattr(packs, "current", lambda: own)
    assert pack.check(own) == []
    [from_pack] = manifest()
    assert b"".join(Client().get(f"/field/phrases/bo/{from_pack['sha256']}"))  # type: ignore[arg-type]
    say(world)
    [spoken_here] = manifest()
    assert spoken_here["sha256"] != from_pack["sha256"]


def test_a_pack_with_a_broken_recording_is_told(world: World, tmp_path: Path) -> None:
    own = replace(packs.current(), folder=tmp_path / "county")
    folder = own.folder / "phrases" / "bo"
    folder.mkdir(parents=True)
    (folder / "index.toml").write_text('[sounds]\n"a.webm" = "x"\n', encoding="utf-8")
    assert [said.partition(":")[0] for said in pack.check(own)] == ["phrases/bo/index.toml"]
    (folder / "a.webm").write_bytes(b"<html>")
    packed._listed.cache_clear()
    assert pack.check(own) == ["phrases/bo/a.webm: is no sound of the kind its name says"]


def test_the_demo_hears_tones_that_are_marked_as_such(world: World) -> None:
    assert seed(pack=packs.current(), scale="township", at=AT) == EXAMPLES
    assert set(Recording.objects.values_list("example", flat=True)) == {True}
    assert len(manifest()) == EXAMPLES


def test_what_was_spoken_leaves_as_a_pack_keeps_it(world: World, client: Client) -> None:
    say(world)
    sign_in(client, "village_lead")
    with ZipFile(BytesIO(client.get("/phrases/bo/pack").content)) as archive:
        names = archive.namelist()
        index = archive.read("phrases/bo/index.toml").decode()
    [sound] = [name for name in names if name.endswith(".webm")]
    assert index == f'[sounds]\n"{sound.rpartition("/")[2]}" = {json.dumps(SAVE, ensure_ascii=False)}\n'


def test_the_page_says_what_is_missing_and_a_liaison_has_no_such_page(world: World, client: Client) -> None:
    say(world)
    sign_in(client, "village_lead")
    whole = client.get("/phrases/bo/").content.decode()
    missing = client.get("/phrases/bo/?missing=1").content.decode()
    assert 'value="bo"' in whole, "the page keeps its own choice of language"
    assert "{n}" not in whole
    assert (f'data-words="{SAVE}"' in whole, f'data-words="{SAVE}"' in missing) == (True, False)
    sign_in(client, "liaison")
    assert client.get("/phrases/bo/").status_code == 403
