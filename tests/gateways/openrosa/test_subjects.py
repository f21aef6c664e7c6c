"""Forms about a member or a camp: whom they are about is chosen from lists of one's own duty, and of nobody else's."""

from __future__ import annotations

import csv
import io
from uuid import UUID, uuid5

import pytest
from django.db import transaction

from mulian.kernel.actor import SYSTEM
from mulian.modules.forms.actions.publishing import publish_all
from mulian.modules.households.models import Camp, Household, Member
from tests.gateways.openrosa.conftest import Collect, collect_of, filled, rows, said, source
from tests.world import AT, World
from tests.world.copies import once

pytestmark = pytest.mark.django_db(databases="__all__")
KINDS = {"member": "members", "camp": "camps"}


def form(about: str) -> str:
    return f"""| survey |
| | type | name | label::བོད་ཡིག (bo) | label::中文 (zh) |
| | text | word | ཚིག | 话 |

| settings |
| | form_id | version | form_title | title_bo | title_zh | title_en | default_language | about |
| | of_{about} | 1 | 一 | གཅིག | 一 | One | 中文 (zh) | {about} |
"""


def _forms() -> None:
    publish_all([source(form(about), about) for about in KINDS], actor=SYSTEM, at=AT)


@pytest.fixture(autouse=True)
def inhabited(world: World) -> None:
    """Two families, each with somebody and a camp that have names in both scripts."""
    with transaction.atomic():
        once(("forms about members and camps", AT), _forms)
    for family, language in (("near", "bo"), ("beyond", "zh")):
        home = Household.unscoped.get(id=world.households[family])
        Household.unscoped.filter(id=home.id).update(language=language)
        Member.unscoped.create(
            id=of("member", family), household=home, name="措姆", name_bo="མཚོ་མོ", birth_year=1990
        )
        area = Camp.unscoped.order_by("id").values_list("area", flat=True).first() or world_area(home)
        Camp.unscoped.create(
            id=of("camp", family), household=home, area_id=area, season="winter", name_zh="上滩"
        )


def world_area(home: Household) -> str:
    from mulian.core.areas.models import Area

    return str(Area.objects.order_by("code").values_list("pk", flat=True)[0])


def of(kind: str, family: str) -> UUID:
    return uuid5(UUID(int=9), f"{kind} of {family}")


def listed(collect: Collect, about: str) -> list[dict[str, str]]:
    manifest = collect.tree(f"forms/of_{about}/1/manifest")
    (file,) = list(manifest)
    assert (file.get("type"), file[0].text) == ("entityList", f"{KINDS[about]}.csv")
    content = collect.get(str(file[2].text)).content.decode()
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.parametrize("about", KINDS)
def test_the_list_names_ones_own_in_the_familys_language_and_tells_nothing_else(
    collect: Collect, world: World, about: str
) -> None:
    mine = {row["name"]: row for row in listed(collect, about)}
    number = Household.unscoped.get(id=world.households["near"]).number
    label = {"member": f"མཚོ་མོ {number}", "camp": f"上滩 དགུན་ས {number}"}[about]
    assert mine[str(of(about, "near"))]["label"] == label
    assert set(mine[str(of(about, "near"))]) == {"name", "label", "__version", "household"}
    assert str(of(about, "beyond")) not in mine
    assert set(mine) & {row["name"] for row in listed(collect_of(world, "liaison2"), about)} == set()


@pytest.mark.parametrize("about", KINDS)
def test_a_form_says_whom_it_is_about_and_no_one_elses_is_taken(
    collect: Collect, world: World, about: str
) -> None:
    def send(name: str, subject: object) -> int:
        inside = f"<mulian_subject>{subject}</mulian_subject><word>好</word>"
        return said(collect.send(filled(inside, name=name, form=f"of_{about}")))[0]

    assert [send(family, of(about, family)) for family in ("near", "beyond")] == [201, 404]
    assert send("a family is no member and no camp", world.households["near"]) == 404
    (row,) = rows()
    assert (row.subject_kind, row.subject, row.household) == (
        about,
        of(about, "near"),
        world.households["near"],
    )


@pytest.mark.parametrize("about", KINDS)
def test_who_left_is_on_no_list_and_programs_forget_them(collect: Collect, about: str) -> None:
    gone = of(about, "near")
    model, column = (Member, "gone_at") if about == "member" else (Camp, "closed_at")
    model.unscoped.filter(id=gone).update(**{column: AT})
    assert str(gone) not in {row["name"] for row in listed(collect, about)}
    root = collect.tree(f"forms/of_{about}/1/lists/{KINDS[about]}/integrity?id={gone}")
    assert [each.text for each in root.iter("deleted")] == ["true"]


@pytest.mark.parametrize("about", KINDS)
def test_a_form_that_names_nobody_is_held_for_an_officer(collect: Collect, about: str) -> None:
    assert said(collect.send(filled("<word>好</word>", form=f"of_{about}")))[0] == 201
    assert [(row.state, row.refused) for row in rows()] == [("held", {"subject": "subject"})]
