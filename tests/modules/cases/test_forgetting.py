"""G4: the sound of a report goes half a year after the case was closed; what was said in it stays written."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from mulian.core.events.models import Event
from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.place import storage
from mulian.core.files.sweeping import sweep
from mulian.modules.cases.actions import forgetting, steps
from mulian.modules.cases.actions.forgetting import VOICE_KEPT, sweep_voices
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case
from tests.access.setting import put_file
from tests.modules.cases.conftest import Line
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
DUE = AT + VOICE_KEPT


def spoken(line: Line, name: str, *, closed: bool = True) -> Case:
    """A case with a voice, an answer by voice and a photo, closed today."""
    case = line.report(text="桥断了", voice=Voice(sha256=sha256(name.encode()).hexdigest(), seconds=4))
    put_file(case.id, f"said in {name}".encode(), role="evidence")
    photo = put_file(case.id, f"seen in {name}".encode(), role="evidence")
    Blob.objects.filter(sha256=photo).update(mime="image/webp")
    line.act(steps.take, case, "village_lead")
    line.act(steps.solve, case, "village_lead", text="好了")
    answer = Voice(sha256=sha256(f"answer {name}".encode()).hexdigest(), seconds=2)
    line.act(steps.answer, case, "village_lead", voice=answer)
    Case.unscoped.because("test").filter(id=case.id).update(closed_at=AT if closed else None)
    return case


def roles(case: Case) -> list[tuple[str, str]]:
    rows = BlobUse.objects.filter(subject_id=case.id).order_by("id")
    return list(rows.values_list("role", "blob__mime"))


def test_g4_the_sound_goes_and_the_words_and_pictures_stay(line: Line) -> None:
    case, open_one = spoken(line, "one"), spoken(line, "two", closed=False)
    kept = roles(open_one)
    assert sweep_voices(DUE - timedelta(seconds=1)) == 0
    assert len(kept) == len(roles(case)) == 4

    assert sweep_voices(DUE) == 3

    assert roles(case) == [("evidence", "image/webp")]
    assert roles(open_one) == kept
    row = Case.unscoped.because("test").get(id=case.id)
    assert (row.text, row.answer_voice, row.answer_seconds) == ("桥断了", "", None)
    [event] = Event.objects.filter(name="retention.forgotten")
    assert (event.data["rule"], event.data["count"]) == ("cases.voices", 3)
    assert sweep_voices(DUE) == 0


def test_g4_the_bytes_leave_the_disk_with_the_next_sweep_of_files(line: Line) -> None:
    case = spoken(line, "one")
    sound = storage().blob(sha256(b"said in one").hexdigest())
    seen = storage().blob(sha256(b"seen in one").hexdigest())
    sweep_voices(DUE)
    assert sound.exists()
    sweep(DUE)
    assert (sound.exists(), seen.exists()) == (False, True)
    assert [mime for _, mime in roles(case)] == ["image/webp"]


def test_g4_a_long_list_is_forgotten_a_batch_at_a_time(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 1)
    for name in ("one", "two", "three"):
        spoken(line, name)
    assert sweep_voices(DUE) == 9
    assert Event.objects.filter(name="retention.forgotten").count() == 3


def test_g4_what_two_cases_share_stays_while_one_needs_it(line: Line) -> None:
    old, young = spoken(line, "one"), spoken(line, "two")
    shared = BlobUse.objects.filter(subject_id=old.id, role="report_voice").get()
    BlobUse.objects.create(
        blob_id=shared.blob_id, subject_kind="case", subject_id=young.id, role="report_voice",
        permission="cases.view", attached_at=AT,
    )  # fmt: skip
    Case.unscoped.because("test").filter(id=young.id).update(closed_at=AT + timedelta(days=1))
    sweep_voices(DUE)
    sweep(DUE)
    assert Blob.objects.filter(sha256=shared.blob_id).exists()
