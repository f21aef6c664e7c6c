"""People passing through: asked for a service or a declared epidemic only; what they told goes when that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mulian.core.events.models import Event
from mulian.core.files.models import BlobUse
from mulian.core.sync.models import Command
from mulian.kernel.problems import Problem
from mulian.modules.forms import public as forms
from mulian.modules.forms.actions import passing
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.models import Submission
from mulian.modules.forms.syncables import render_forms, visible_forms
from tests.modules.forms.conftest import Desk
from tests.world import AT, World
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")
PACK = Path(__file__).parents[3] / "packs/base/forms/mobile.md"
DAY = timedelta(days=1)
TOLD = {"purpose": "service", "agrees": True, "name": "行人甲", "phone": "139 0000 0000"}
ILL = TOLD | {"purpose": "epidemic"}


def form(**changed: str) -> Source:
    """The pack's own form, without the pictures of its choices."""
    text = PACK.read_text(encoding="utf-8").replace("media::image", "shown")
    for old, new in changed.items():
        text = text.replace(*{"keep": ("| 90 |", f"| {new} |"), "until": ("| until | 90", f"| {new} | 90"),
                              "about": ("| none | purpose", f"| {new} | purpose")}[old])  # fmt: skip
    return Source("mobile.md", text.encode())


@pytest.fixture
def gate(world: World) -> Desk:
    found = Desk(world)
    found.publish(form())
    return found


def tell(gate: Desk, answers: dict[str, Any], at: datetime = AT, **said: Any) -> UUID:
    given = {"form": "mobile", "version": "2026112301", "subject": None, "answers": answers}
    return gate.fill(at=at, family="", **given | said).id


def left(gate: Desk) -> list[tuple[str, bool]]:
    rows = Submission.unscoped.because("a test looks").order_by("received_at", "id")
    return [(row.state, bool(row.answers)) for row in rows]


@pytest.mark.parametrize(
    ("until", "days"), [(None, 90), (3, 4), (0, 1), (400, 90)], ids=["silent", "soon", "today", "far"]
)
def test_it_goes_the_day_after_they_left_and_at_the_latest_when_the_forms_days_are_over(
    gate: Desk, until: int | None, days: int
) -> None:
    told = TOLD if until is None else TOLD | {"until": (AT + until * DAY).date().isoformat()}
    tell(gate, told)
    midnight = datetime.fromisoformat(f"{(AT + days * DAY).date()}T00:00:00+08:00")
    assert passing.forget(midnight - timedelta(seconds=1)) == 0
    assert passing.forget(midnight) == 1
    assert (left(gate), passing.forget(midnight)) == ([("over", False)], 0)
    assert Event.objects.get(name="retention.forgotten").data["count"] == 1


def test_an_epidemic_is_asked_about_only_while_it_is_declared_and_its_answers_end_with_it(gate: Desk) -> None:
    duty = gate.world.actor("county_duty")
    with pytest.raises(Problem, match=r"forms\.not_declared"):
        tell(gate, ILL)
    passing.declare(code="mobile", choice="epidemic", actor=duty, at=AT)
    passing.declare(code="mobile", choice="epidemic", actor=duty, at=AT + DAY)
    tell(gate, ILL, AT + DAY)
    tell(gate, TOLD, AT + DAY)
    assert passing.end(code="mobile", choice="epidemic", actor=duty, at=AT + 2 * DAY) == 1
    assert sorted(left(gate)) == [("kept", True), ("over", False)]

    late = forms.Submission(id=UUID(int=5), form="mobile", version="2026112301", answers=ILL)
    actor = gate.world.actor("liaison", AT + 3 * DAY)
    forms.receive(submission=late, actor=actor, at=AT + 3 * DAY, written=AT + DAY)
    assert passing.forget(AT + 3 * DAY) == 1
    with pytest.raises(Problem, match=r"forms\.not_declared"):
        tell(gate, ILL, AT + 3 * DAY)
    with pytest.raises(Problem, match="not_found"):
        passing.end(code="mobile", choice="epidemic", actor=duty, at=AT + 3 * DAY)


@pytest.mark.parametrize(
    ("who", "code", "choice", "wrong"),
    [("village_lead", "mobile", "epidemic", "forbidden"), ("county_duty", "mobile", "service", "not_found"),
     ("county_duty", "none", "epidemic", "not_found")],
)  # fmt: skip
def test_the_county_declares_and_nothing_but_what_its_form_names(
    gate: Desk, who: str, code: str, choice: str, wrong: str
) -> None:
    with pytest.raises(Problem) as found:
        passing.declare(code=code, choice=choice, actor=gate.world.actor(who), at=AT)
    assert found.value.code == wrong


def test_a_service_that_is_done_takes_what_was_told_and_what_that_corrected(gate: Desk) -> None:
    first = tell(gate, TOLD)
    BlobUse.objects.create(
        blob_id="ab" * 32, subject_kind="submission", subject_id=first, role="form", attached_at=AT
    )
    second = tell(gate, TOLD | {"people": 2}, deprecated=str(first))
    other = tell(gate, TOLD)
    with pytest.raises(Problem, match="not_found"):
        passing.finish(submission=second, actor=gate.world.actor("outsider"), at=AT)
    passing.finish(submission=second, actor=gate.world.actor("village_lead"), at=AT)
    assert [gate.row(id).state for id in (first, second, other)] == ["over", "over", "kept"]
    assert (gate.row(first).answers, BlobUse.objects.count()) == ({}, 0)
    tell(gate, TOLD, id=first)
    assert gate.row(first).answers == {}
    with pytest.raises(Problem, match=r"forms\.not_current"):
        tell(gate, TOLD, deprecated=str(second))


def test_what_a_phone_sent_goes_too_and_phones_learn_what_is_declared(
    gate: Desk, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    body = {"form": "mobile", "version": "2026112301", "answers": TOLD}
    sent = Phone(world, "liaison").send("forms.submit", body)
    assert sent.state == "applied"
    actor = world.actor("liaison")
    (id,) = visible_forms(actor, AT)
    before, said = render_forms([id], actor, AT)[id]
    assert "declared" not in said
    passing.declare(code="mobile", choice="epidemic", actor=world.actor("county_duty"), at=AT)
    after, said = render_forms([id], actor, AT)[id]
    assert (after, said["declared"]) == (before + 1, ["epidemic"])

    with django_capture_on_commit_callbacks(execute=True):
        passing.finish(submission=sent.id, actor=actor, at=AT)
    assert not Command.objects.filter(id=sent.id).exists()


@pytest.mark.parametrize(
    "wrong", [{"keep": "0"}, {"keep": "900"}, {"until": "people"}, {"until": ""}, {"about": "household"}]
)
def test_a_form_for_people_passing_through_says_all_of_it(gate: Desk, wrong: dict[str, str]) -> None:
    with pytest.raises(NotAForm) as found:
        gate.publish(form(**wrong))
    assert {fault.code for fault in found.value.faults} == {"forms.cell_setting"}
