"""PIPL 28, 31: what is sensitive of a child under fourteen is kept only when its guardian agreed, by every door."""

from __future__ import annotations

import ast
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import mulian
from mulian.core.access.models import Person
from mulian.core.events.stamper import stamp
from mulian.core.sync import pulling
from mulian.core.sync.cursor import Cursor
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Help, Paper
from mulian.modules.households.actions.guarding import evict_hidden
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.children import under_fourteen
from mulian.modules.households.domain.exporting import chosen, exportable
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.models import Document, Member, Need
from mulian.modules.households.queries import register
from mulian.modules.households.queries.api_reads import record
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.freshness import turns
from mulian.modules.households.syncables.rendering import render_households
from tests.world import AT, World

TODAY = AT.astimezone(CN).date()
PARTS = re.compile(r"<(?:h3|td|dt|strong).*?</(?:h3|td|dt|strong)>", re.DOTALL)
"""Where a page says something of a family, and no choice of a form."""


@pytest.mark.parametrize(
    ("born", "relation", "child"),
    [(2026, "child", True), (2012, "child", True), (2011, "child", False), (2012, "head", True),
     (None, "child", True), (None, "grandchild", True), (None, "spouse", False)],
)  # fmt: skip
def test_doubt_protects(born: int | None, relation: str, child: bool) -> None:
    assert under_fourteen(born, relation, 2026) is child


def family(world: World) -> tuple[UUID, UUID]:
    """A parent, and their child of eight."""
    rows = list(Member.unscoped.filter(household=world.households["near"]).order_by("position"))
    Member.unscoped.filter(id=rows[2].id).update(birth_year=2018)
    return rows[0].id, rows[2].id


def need(world: World, child: UUID, by: UUID, how: Consent) -> UUID:
    return actions.note_need(
        household=world.households["near"], code="chronic", member=child,
        agreed=Agreed(by=by, how=how, on=TODAY), plan=Help(what="送药", who="合成"), actor=SYSTEM, at=AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_help_for_a_child_needs_its_guardian(world: World) -> None:
    parent, child = family(world)
    for by, how in ((parent, Consent.SPOKEN), (parent, Consent.WRITTEN), (child, Consent.SPOKEN)):
        with pytest.raises(Problem) as refused:
            need(world, child, by, how)
        assert refused.value.code == "households.guardian_needed"
    assert not Need.unscoped.exists()
    need(world, child, parent, Consent.GUARDIAN)
    assert Need.unscoped.get().consent_by == parent


@pytest.mark.django_db
def test_a_child_is_no_guardian(world: World) -> None:
    parent, child = family(world)
    Member.unscoped.filter(id=parent).update(birth_year=2014)
    with pytest.raises(Problem) as refused:
        need(world, child, parent, Consent.GUARDIAN)
    assert refused.value.code == "households.guardian_needed"


@pytest.mark.django_db
def test_a_sensitive_paper_of_a_child_follows_the_guardian_s_consent(world: World) -> None:
    parent, child = family(world)

    def note(code: str) -> UUID:
        paper = Paper(code=code, held=True, member=child)
        return actions.note_paper(household=world.households["near"], paper=paper, actor=SYSTEM, at=AT)

    with pytest.raises(Problem) as refused:
        note("disability")
    assert (refused.value.code, Document.unscoped.exists()) == ("households.guardian_needed", False)
    note("social_card")
    need(world, child, parent, Consent.GUARDIAN)
    note("disability")
    assert set(Document.unscoped.values_list("code", flat=True)) == {"social_card", "disability"}


@pytest.mark.django_db
def test_the_console_s_form_says_whom_to_ask(world: World) -> None:
    parent, child = family(world)
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["village_lead"]))
    given = {
        "code": "chronic", "member": str(child), "consent_by": str(parent), "consent_how": "spoken",
        "consent_language": "bo", "consent_witness": "", "what": "送药", "who": "合成",
    }  # fmt: skip
    address = f"/households/{world.households['near']}/needs/"
    assert [
        client.post(address, given | {"consent_how": how}).status_code for how in ("spoken", "guardian")
    ] == [
        422,
        302,
    ]


def before_the_rule(world: World) -> UUID:
    """A need and a sensitive paper of a child, kept with a spoken yes, and no guardian's; answers the child."""
    parent, child = family(world)
    need(world, child, parent, Consent.GUARDIAN)
    paper = Paper(code="disability", held=True, member=child)
    actions.note_paper(household=world.households["near"], paper=paper, actor=SYSTEM, at=AT)
    Need.unscoped.update(consent_how=Consent.SPOKEN)
    return child


def doors(world: World) -> dict[str, bool]:
    """door → whether it tells of the need or the paper."""
    near, lead, liaison = world.households["near"], world.actor("village_lead"), world.actor("liaison")
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["village_lead"]))
    kinds = catalogue()
    names = [kinds.needs["chronic"].name["zh"], kinds.documents["disability"].name["zh"]]
    page = client.get(f"/households/{near}/").content.decode()
    pulled = str(render_households([near], liaison, AT)[near][1])
    told = record(near, lead, AT, care=True)
    assert told is not None
    held = Need.unscoped.get()
    return {
        "page": any(name in part for part in PARTS.findall(page) for name in names),
        "need's page": client.get(f"/households/{near}/needs/{held.id}/").status_code == 200,
        "wire": "chronic" in pulled or "disability" in pulled,
        "API": told.needs != [],
        "turns": near
        in {turn.household.id for turn in turns(lead, AT + timedelta(days=999), "") if turn.review},
    }


@pytest.mark.django_db
def test_what_was_kept_before_the_rule_is_told_at_no_door_until_a_guardian_agrees(world: World) -> None:
    child = before_the_rule(world)
    shown = doors(world)
    assert shown == dict.fromkeys(shown, False)

    Need.unscoped.update(consent_how=Consent.GUARDIAN)
    shown = doors(world)
    assert shown == dict.fromkeys(shown, True)
    assert Need.unscoped.get().member == child


def pulled(world: World, cursor: Cursor | None, at: datetime = AT) -> tuple[dict[str, Any], Cursor]:
    """What the liaison's phone is told of the family since the cursor, and the next cursor."""
    while stamp(at):
        pass
    page = pulling.pull(world.actor("liaison"), cursor, at=at, limit=500)
    near = str(world.households["near"])
    found = [c.data for c in page.changes if c.id == near and c.data is not None]
    return (found[-1] if found else {}), page.cursor


@pytest.mark.django_db
def test_a_phone_lets_go_of_what_was_kept_before_the_rule_at_once_and_once(world: World) -> None:
    before_the_rule(world)
    _, cursor = pulled(world, None)

    assert evict_hidden(AT) == 1
    told, cursor = pulled(world, cursor)
    assert told == {"needs": None, "documents": None, "items": None}
    assert evict_hidden(AT) == 0
    assert pulled(world, cursor)[0] == {}


@pytest.mark.django_db
def test_a_phone_that_hides_nothing_is_told_nothing(world: World) -> None:
    parent, child = family(world)
    need(world, child, parent, Consent.GUARDIAN)
    assert evict_hidden(AT) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["over", "withdrawn"])
def test_with_the_guardians_consent_the_child_s_papers_leave_the_phone(world: World, how: str) -> None:
    before_the_rule(world)
    Need.unscoped.update(consent_how=Consent.GUARDIAN)
    told, cursor = pulled(world, None)
    assert (len(told["needs"]), len(told["documents"])) == (1, 1)

    actions.end_need(need=Need.unscoped.get().id, actor=SYSTEM, at=AT, withdrawn=how == "withdrawn")
    told, _ = pulled(world, cursor)
    assert (told["needs"], told["documents"]) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"birth_year": 2018}, {"gone": True}])
def test_who_turns_out_to_be_a_child_or_leaves_takes_what_is_sensitive_off_the_phone(
    world: World, change: dict[str, Any]
) -> None:
    near = world.households["near"]
    rows = list(Member.unscoped.filter(household=near).order_by("position"))
    need(world, rows[3].id, rows[0].id, Consent.SPOKEN)
    told, cursor = pulled(world, None)
    assert len(told["needs"]) == 1

    changed = MemberChange(id=rows[3].id, **change)
    actions.update_household(household=near, members=[changed], actor=SYSTEM, at=AT)
    told, _ = pulled(world, cursor)
    assert told["needs"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("relation", ["head", "child", "grandchild", "spouse"])
@pytest.mark.parametrize("born", [2026, 2012, 2011, 1950, None])
def test_the_database_knows_a_child_as_the_rule_does(world: World, born: int | None, relation: str) -> None:
    child = before_the_rule(world)
    Member.unscoped.filter(id=child).update(birth_year=born, relation=relation)
    near = world.households["near"]
    hidden = under_fourteen(born, relation, TODAY.year)
    assert (register.needs([near], TODAY) == {}, register.papers([near], TODAY) == {}) == (hidden, hidden)


def test_nothing_sensitive_leaves_in_a_table() -> None:
    found = catalogue()
    everything = [*found.items, *found.needs, *found.documents]
    assert [item.code for item in chosen(found, everything, people=True) if item.sensitive] == []
    assert {item.code for item in exportable(found)} & set(found.needs) == set()


def test_every_door_goes_through_the_two_actions_that_ask_for_it() -> None:
    """Page, wire, import, form, OpenRosa, API: nobody else makes a need or a paper (made-up families excepted)."""
    root = Path(mulian.__file__).parent
    makers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "/migrations/" not in path.as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKING
    }
    assert makers == {
        "modules/households/actions/caring.py",
        "modules/households/actions/papers.py",
        "modules/households/seed/telling.py",
    }


MAKING = {
    *(f"{model}.unscoped.{verb}" for model in ("Need", "Document") for verb in ("create", "bulk_create")),
    "Need",
    "Document",
}
