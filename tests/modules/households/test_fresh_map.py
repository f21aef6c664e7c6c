"""The map of what is stale: its counts against a slow count, its drawing as properties, its page by who sees what."""

from __future__ import annotations

from datetime import timedelta
from math import hypot

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.access.models import Person
from mulian.core.areas.models import Area
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Fact
from mulian.modules.households.actions.counting import keep_dues, rebuild
from mulian.modules.households.domain.camps import Season
from mulian.modules.households.models import Camp, Due
from mulian.modules.households.queries import freshness
from mulian.modules.households.queries.dues import rule
from mulian.modules.households.queries.shares import Share, shares
from mulian.modules.households.web.freshmap import GAP, WIDTH, Spot, drawing
from tests.world import AT, COUNTY, GRID, GRID2, TOWNSHIPS, VILLAGE, VILLAGE2, World

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)
SPOTS = st.lists(
    st.tuples(
        st.integers(0, 900), st.integers(0, 100), st.none() | st.tuples(st.floats(33, 34), st.floats(99, 101))
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(SPOTS)
def test_every_place_is_drawn_once_inside_and_apart(
    told: list[tuple[int, int, tuple[float, float] | None]],
) -> None:
    spots = [
        Spot(str(n), size, share, Point(*at) if at else None) for n, (size, share, at) in enumerate(told)
    ]
    found = drawing(spots)
    if found is None:
        assert not spots
        return
    assert sorted(c.key for c in found.circles) == sorted(s.key for s in spots)
    assert {c.key: c.loose for c in found.circles} == {s.key: s.point is None for s in spots}
    for circle in found.circles:
        assert circle.r <= circle.x <= WIDTH - circle.r
        assert circle.y - circle.r + 0.2 >= 0
        assert circle.y + circle.r <= found.height + 0.2
    loose = [c for c in found.circles if c.loose]
    for n, a in enumerate(loose):
        assert all(hypot(a.x - b.x, a.y - b.y) >= a.r + b.r for b in loose[:n])


def test_places_lie_as_on_the_earth_and_those_at_one_point_do_not_cover_each_other() -> None:
    def at(key: str, lat: float, lon: float) -> Spot:
        return Spot(key, 10, 50, Point(lat, lon))

    found = drawing(
        [at("north", 34.5, 100), at("south", 33, 100), at("east", 33.7, 101), at("twin", 33.7, 101)]
    )
    assert found is not None
    by = {c.key: c for c in found.circles}
    assert by["north"].y < by["east"].y < by["south"].y
    assert by["north"].x < by["east"].x
    assert hypot(by["east"].x - by["twin"].x, by["east"].y - by["twin"].y) >= by["east"].r * 2 + GAP - 1


@pytest.mark.parametrize(
    ("known", "stale", "percent"),
    [(0, 0, 100), (300, 0, 0), (300, 1, 1), (300, 299, 99), (300, 300, 100), (3, 1, 33)],
)
def test_only_none_is_0_and_only_all_is_100(known: int, stale: int, percent: int) -> None:
    assert Share(4, 2 if stale or not known else 0, known, stale).percent == percent


@pytest.fixture
def told(world: World) -> World:
    """`near` said something long ago, `near2` and `dual` yesterday, `next` nothing ever, `beyond` nothing."""
    for name, days in (("near", 900), ("near2", 1), ("dual", 1)):
        fact = Fact(code="dwelling.rooms", value=3, as_of=TODAY - days * DAY)
        actions.update_household(household=world.households[name], facts=[fact], actor=SYSTEM, at=AT)
    rebuild()
    return world


@pytest.mark.django_db
def test_shares_of_the_parts_equal_what_each_family_s_turn_says(told: World) -> None:
    officer = told.actor("township_officer")
    for area in (TOWNSHIPS[0], VILLAGE):
        for part in shares(area, officer, AT):
            waiting = [
                t for t in freshness.turns(officer, AT, part.area.code) if t.fresh.stale or not t.fresh.known
            ]
            live_here = {
                t.household.id for t in waiting
                for code, _, turns in freshness.by_liaison([t], AT) if code.startswith(part.area.code) and turns
            }  # fmt: skip
            assert (part.area.code, part.share.waiting) == (part.area.code, len(live_here))
    assert {p.area.code: p.share for p in shares(VILLAGE, officer, AT)} == {
        GRID: Share(2, 1, 2, 1),
        GRID2: Share(1, 1, 0, 0),
    }
    by_county = {p.area.code: p.share.households for p in shares(COUNTY, told.actor("leader"), AT)}
    assert (by_county[TOWNSHIPS[0]], by_county[TOWNSHIPS[1]]) == (4, 1)


@pytest.mark.django_db
def test_kept_due_days_say_what_the_items_say_on_any_day_and_are_kept_again(told: World) -> None:
    def on(days: int) -> list[Share]:
        return [p.share for p in shares(COUNTY, told.actor("leader"), AT + days * DAY)]

    kept = [on(days) for days in (0, 100, 364, 400, 800)]
    assert not Due.objects.exclude(rule=rule()).exists()
    Due.objects.filter(household=told.households["near"]).update(rule="another", days=b"")
    Due.objects.filter(household=told.households["dual"]).delete()
    assert [on(days) for days in (0, 100, 364, 400, 800)] == kept
    Due.objects.all().delete()
    assert [on(days) for days in (0, 100, 364, 400, 800)] == kept
    assert (keep_dues(AT), keep_dues(AT)) == (len(told.households), 0)
    assert [on(days) for days in (0, 100, 364, 400, 800)] == kept

    fact = Fact(code="dwelling.rooms", value=3, as_of=TODAY)
    actions.update_household(household=told.households["near"], facts=[fact], actor=SYSTEM, at=AT)
    assert (rebuild()[1], rebuild()[1]) == (False, True)
    assert sum((share for share in on(0)), Share()) == sum(kept[0], Share()) + Share(0, -1, 0, -1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "area"),
    [("leader", VILLAGE), ("village_lead", VILLAGE2), ("liaison", VILLAGE), ("outsider", GRID)],
)
def test_beyond_one_s_duty_there_is_nothing(told: World, username: str, area: str) -> None:
    with pytest.raises(Problem) as refused:
        shares(area, told.actor(username), AT)
    assert refused.value.status == 404


@pytest.mark.django_db
def test_a_place_without_a_point_stands_amid_its_families_camps_never_at_one_home(told: World) -> None:
    def points() -> dict[str, tuple[Point | None, bool]]:
        return {
            p.area.code: (p.point, p.about) for p in shares(TOWNSHIPS[0], told.actor("township_officer"), AT)
        }

    Area.objects.filter(code__in=(VILLAGE, VILLAGE2)).update(lat=None, lon=None)
    Camp.unscoped.update(closed_at=AT)
    for n, name in enumerate(("near", "near2")):
        camp(told, name, 33.5, 100 + n)
    assert points()[VILLAGE] == (None, False)
    camp(told, "next", 33.8, 100.5)
    point, about = points()[VILLAGE]
    assert about
    assert point is not None
    assert (round(point.lat, 3), round(point.lon, 3)) == (33.6, 100.5)
    Area.objects.filter(code=VILLAGE).update(lat=34.0, lon=99.0)
    assert points()[VILLAGE] == (Point(34.0, 99.0), False)


def camp(world: World, name: str, lat: float, lon: float) -> None:
    Camp.unscoped.create(
        id=uuid7(AT),
        household_id=world.households[name],
        area_id=VILLAGE,
        season=Season.WINTER,
        lat=lat,
        lon=lon,
    )


@pytest.mark.django_db
def test_the_page_leads_from_the_county_down_and_asks_right_there(told: World) -> None:
    def page(username: str, area: str = "") -> str:
        client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
        client.force_login(Person.objects.get(id=told.people[username]))
        return client.get(f"/households/fresh/{'?area=' + area if area else ''}").content.decode()

    county, township, village, grid = (
        page("leader"), page("township_officer"), page("township_officer", VILLAGE), page("village_lead", GRID)
    )  # fmt: skip
    assert f'href="?area={TOWNSHIPS[0]}"' in county
    assert 'href="?area=' + VILLAGE not in page("leader", TOWNSHIPS[0])
    assert f"/households/fresh/{VILLAGE}/collect/" not in county + page("leader", TOWNSHIPS[0])
    assert f"/households/fresh/{VILLAGE}/collect/" in township
    assert f"/households/fresh/{GRID2}/collect/" in village
    assert str(told.households["near"]) in village
    assert str(told.households["near"]) in grid
    assert str(told.households["next"]) not in grid
