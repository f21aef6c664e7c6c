"""The tree of places: codes are paths, loading twice is harmless, a code never changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.core import packs
from mulian.core.areas import actions, queries
from mulian.core.areas.codes import Level, at_level, level, lineage, parent, within
from mulian.core.areas.models import Area, Unit
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from tests.world import AT, GRID, TOWNSHIPS, VILLAGE, VILLAGE2, load_areas

villages = st.from_regex(r"[1-9][0-9]{11}", fullmatch=True)
own_parts = st.sampled_from(["", "C01", "G001", "C12G034"])


@given(villages, own_parts)
def test_a_code_is_its_path(village: str, own: str) -> None:
    code = village + own
    steps = lineage(code)

    assert steps[-1] == code
    assert [len(step) for step in steps[:5]] == [2, 4, 6, 9, 12]
    assert all(within(code, step) for step in steps)
    assert [parent(step) for step in steps[1:]] == list(steps[:-1])
    assert at_level(code, Level.VILLAGE) == village
    assert [level(step) for step in steps[:5]] == [
        "province", "prefecture", "county", "township", "village",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "code",
    ["", "6", "632", "63262320420", "632623204200X001", "632623204200G1", "63262320a200", "632623G001"],
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not an area code"):
        level(code)


@pytest.mark.django_db
def test_loading_a_pack_twice_changes_nothing_and_keeps_mended_names() -> None:
    load_areas(AT)
    actions.rename(area=VILLAGE, name_bo="གྲོང་ཚོ", actor=SYSTEM, at=AT)
    areas, units, events = Area.objects.count(), Unit.objects.count(), Event.objects.count()
    gande = packs.load("gande")

    actions.load(pack="gande", areas=gande.area_rows(), units=gande.unit_rows(), actor=SYSTEM, at=AT)

    assert (Area.objects.count(), Unit.objects.count(), Event.objects.count()) == (areas, units, events)
    found = queries.area(VILLAGE)
    assert found is not None
    assert (found.name("bo"), found.name("zh-hans")) == ("གྲོང་ཚོ", "恰曲纳合村")


@pytest.mark.django_db
def test_a_place_without_a_tibetan_name_shows_its_chinese_one() -> None:
    load_areas(AT)

    assert queries.names([VILLAGE2], "bo") == {VILLAGE2: "隆吉村"}


@pytest.mark.django_db
def test_offices_of_a_place_are_nearest_first() -> None:
    load_areas(AT)

    kinds = list(dict.fromkeys(unit.kind for unit in queries.units_serving(GRID)))

    assert kinds[:2] == ["village", "township"]
    assert set(kinds[2:]) == {"county_centre", "department"}


@pytest.mark.django_db
def test_subtree_is_the_place_and_all_below_it() -> None:
    load_areas(AT)

    found = set(Area.objects.filter(queries.subtree(TOWNSHIPS[0])).values_list("code", flat=True))

    assert found == {
        code for code in Area.objects.values_list("code", flat=True) if code.startswith(TOWNSHIPS[0])
    }
    assert GRID in found


@pytest.mark.django_db
def test_a_place_follows_another_and_its_code_stays() -> None:
    load_areas(AT)

    actions.succeed(area=VILLAGE, successor=VILLAGE2, actor=SYSTEM, at=AT)

    ended = queries.area(VILLAGE)
    assert ended is not None
    assert (ended.valid_to, ended.successor_id) == (AT.date(), VILLAGE2)
    with pytest.raises(Problem) as again:
        actions.succeed(area=VILLAGE, successor=VILLAGE2, actor=SYSTEM, at=AT)
    assert again.value.code == "areas.ended"


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "problem"), [(GRID, "areas.exists"), ("632623204999G001", "areas.unknown")])
def test_a_grid_area_opens_once_under_a_known_village(code: str, problem: str) -> None:
    load_areas(AT)

    with pytest.raises(Problem) as refused:
        actions.open_area(code=code, name_zh="x", actor=SYSTEM, at=AT)

    assert refused.value.code == problem
