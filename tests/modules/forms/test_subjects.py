"""Forms about a member, a camp, an institution: chosen at the desk within one's own duty; nobody else's is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db import transaction

from mulian.core.areas.models import Area
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import publish_all
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Subject
from mulian.modules.forms.models import Submission
from mulian.modules.households.actions.institutions import Premises, register_institution
from mulian.modules.households.models import Camp, Household, Institution, Item, Member, SafetyCheck
from tests.modules.forms.conftest import YES_NO, Desk, markdown
from tests.modules.forms.test_pages import browser, fields, words
from tests.world import AT, VILLAGE, VILLAGE2, World
from tests.world.copies import once

pytestmark = pytest.mark.django_db(databases="__all__")
NOBODY = "It does not say whom or what it is about."
ROWS = {
    "member": ("| | text | name | 姓名 | མིང | | | | member.name |", "| | text | said | 话 | ཚིག | | | | |"),
    "camp": (
        "| | text | name | 名称 | མིང | | | | camp.name |",
        "| | select_one yes_no | water | 水 | ཆུ | | | | camp.water |",
    ),
    "institution": (
        "| | text | name | 名称 | མིང | | | | institution.name |",
        "| | integer | holds | 容量 | ཤོང་ཚད | | | | institution.capacity |",
        "| | select_one yes_no | fire | 消防 | མེ | | | | check.fire |",
        "| | select_one yes_no | building | 房屋 | ཁང་པ | | | | check.building |",
    ),
}
ANSWERS: dict[str, dict[str, Any]] = {
    "member": {"said": "x"},
    "camp": {"water": "yes"},
    "institution": {"holds": "90", "fire": "yes", "building": "no"},
}


def of(about: str, family: str) -> UUID:
    return uuid5(UUID(int=7), f"{about} {family}")


def _published() -> None:
    sources = [
        markdown(*rows, about=about, code=f"of_{about}", choices=YES_NO) for about, rows in ROWS.items()
    ]
    publish_all(sources, actor=SYSTEM, at=AT)


@pytest.fixture
def asked(world: World) -> Desk:
    """Forms about each kind of subject, and one of each within the village and beyond it."""
    desk = Desk(world)
    with transaction.atomic():
        once(("forms about each kind of subject", AT), _published)
    for family, area in (("near", VILLAGE), ("beyond", VILLAGE2)):
        home = Household.unscoped.because("a test sets up").get(id=desk.world.households[family])
        Member.unscoped.create(id=of("member", family), household=home, name="措姆", birth_year=1990)
        Camp.unscoped.create(
            id=of("camp", family),
            household=home,
            area=Area.objects.get(pk=area),
            season="winter",
            name_zh="上滩",
        )
        premises = Premises(name_zh="合成小学", name_bo="སློབ་གྲྭ", capacity=120)
        lead = "village_lead" if family == "near" else "village_lead2"
        register_institution(
            kind="shop",
            area=area,
            premises=premises,
            actor=desk.world.actor(lead),
            at=AT,
            id=of("institution", family),
        )
    return desk


def looked_for(desk: Desk, about: str) -> dict[str, str]:
    number = Household.unscoped.because("a test looks").get(id=desk.world.households["near"]).number
    return {"words": "合成" if about == "institution" else number}


@pytest.mark.parametrize("language", ["zh-hans", "bo"])
def test_it_is_looked_for_by_words_and_only_ones_own_is_found(asked: Desk, language: str) -> None:
    for about in ROWS:
        page = f"/forms/of_{about}/fill/"
        found = browser("village_lead", language).get(page, looked_for(asked, about)).content.decode()
        assert f'href="?{about}={of(about, "near")}"' in found
        assert str(of(about, "beyond")) not in found
        nothing = browser("village_lead", language).get(page, {"words": "zzz"}).content.decode()
        assert f"?{about}=" not in nothing
        assert 'class="empty"' in nothing


def test_what_is_known_stands_there_and_what_is_answered_is_told(asked: Desk) -> None:
    for about in ROWS:
        lead, id = browser("village_lead"), of(about, "near")
        held = fields(lead.get(f"/forms/of_{about}/fill/", {about: str(id)}).content)
        name = {"member": "措姆", "camp": "上滩", "institution": "合成小学"}[about]
        assert (held[about], held["name"]) == (str(id), name)
        saved = lead.post(f"/forms/of_{about}/fill/", {**held, **ANSWERS[about], "save": "1"})
        row = Submission.unscoped.because("a test looks").get(form__code=f"of_{about}")
        assert (saved.status_code, row.state, row.subject_kind, row.subject) == (302, "kept", about, id)
        assert row.facts == {"member": 0, "camp": 1, "institution": 2}[about]
        assert name in words(lead.get(saved["Location"]).content)
        assert "of_" in lead.get(f"/forms/{about}/{id}/").content.decode()
        if about == "camp":
            assert Item.unscoped.because("a test looks").get(subject=id).code == "camp.water"


def test_an_institution_learns_its_capacity_and_the_checks_that_its_kind_knows(asked: Desk) -> None:
    id = of("institution", "near")
    said = Subject(kind=About.INSTITUTION, id=id)
    answers = {"holds": 90, "fire": "no", "building": "yes"}
    receipt = asked.fill("village_lead", form="of_institution", subject=said, answers=answers)
    row = Institution.unscoped.because("a test looks").get(id=id)
    checks = SafetyCheck.unscoped.because("a test looks").values_list("code", "sound", "done_on")
    assert (receipt.facts, row.capacity, row.name_bo) == (2, 90, "སློབ་གྲྭ")
    assert list(checks) == [("fire", False, AT.astimezone(CN).date())]


def test_a_subject_beyond_the_duty_is_refused(asked: Desk) -> None:
    for about in ROWS:
        id = of(about, "beyond")
        lead = browser("village_lead")
        assert lead.get(f"/forms/of_{about}/fill/", {about: str(id)}).status_code == 404
        assert lead.get(f"/forms/{about}/{id}/").status_code == 404
        with pytest.raises(Problem, match="not_found"):
            asked.fill(
                "village_lead", form=f"of_{about}", subject=Subject(kind=About(about), id=id), answers={}
            )
        assert not Submission.unscoped.because("a test looks").exists()


def test_what_was_typed_about_it_is_held_and_can_be_said_of_another(asked: Desk) -> None:
    """Who saves what was typed while the family, or the duty, went elsewhere loses nothing."""
    for about in ROWS:
        lead = browser("village_lead")
        sent = {"id": str(uuid7(AT)), about: str(of(about, "beyond")), **ANSWERS[about], "save": "1"}
        held = lead.post(f"/forms/of_{about}/fill/", sent)
        row = Submission.unscoped.because("a test looks").get(form__code=f"of_{about}")
        assert (row.state, row.subject, row.refused, row.facts) == ("held", None, {"subject": "subject"}, 0)
        assert NOBODY in words(lead.get(held["Location"]).content)
        again = f"/forms/answers/{row.id}/correct/"
        assert (
            f'href="?{about}={of(about, "near")}"'
            in lead.get(again, looked_for(asked, about)).content.decode()
        )
        given = fields(lead.get(again, {about: str(of(about, "near"))}).content)
        lead.post(again, {**given, **ANSWERS[about], "save": "1"})
        states = Submission.unscoped.because("a test looks").filter(form__code=f"of_{about}")
        assert sorted(states.values_list("state", flat=True)) == ["kept", "replaced"]
