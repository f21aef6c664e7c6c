"""Families are found again across scripts and spellings; nothing is joined below certainty, whatever the order."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.core.packs import load, names
from mulian.modules.households.domain.importing.linkage import (
    Degree,
    Family,
    Linkage,
    Outcome,
    Person,
    Weights,
    twins,
)
from mulian.modules.households.domain.importing.spelling import Spelling
from mulian.modules.households.domain.names import made_up_name
from mulian.modules.households.queries.importing import Rules, rules_of

VILLAGE, NEIGHBOUR, FAR = "632623204200", "632623204201", "632623100200"


def rules() -> Rules:
    assert "gande" in names()
    return rules_of(load("gande"))


RULES = rules()


def linkage(*families: Family) -> Linkage:
    made = Linkage(RULES.weights, RULES.spelling)
    for family in families:
        made.add(family)
    return made


HELD = Family(
    "held", Person("才让多杰云", "ཚེ་རིང་རྡོ་རྗེ་སྤྲིན", 1977), VILLAGE, "00012345678",
    (Person("卓玛河", "", 1980), Person("尼玛月", "", 2004)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (replace(HELD, id="t"), Outcome.CERTAIN),
        (Family("t", Person("才让多杰云", "", 1977), VILLAGE), Outcome.CERTAIN),
        (Family("t", Person("才仁多吉云", "", 1978), VILLAGE, "00012345678"), Outcome.CERTAIN),
        (Family("t", Person("", "ཚེ་རིང་རྡོ་རྗེ་སྤྲིན", 1977), VILLAGE, "", HELD.members), Outcome.CERTAIN),
        (Family("t", Person("次仍多杰云", "", 1977), VILLAGE), Outcome.DOUBTFUL),
        (Family("t", Person("才让多杰云", "", None), VILLAGE), Outcome.DOUBTFUL),
        (Family("t", Person("才让多杰云", "", 1977), FAR), Outcome.DOUBTFUL),
        (Family("t", Person("拉毛草", "", None), VILLAGE, "00012345678"), Outcome.DOUBTFUL),
        (Family("t", Person("才让多杰云", "", 1950), NEIGHBOUR), Outcome.NEW),
        (Family("t", Person("拉毛草", "", 1977), VILLAGE), Outcome.NEW),
    ],
)
def test_which_family_it_is(told: Family, outcome: Outcome) -> None:
    assert linkage(HELD).find(told).outcome == outcome


KIN = (Person("卓玛河", "", 1980), Person("尼玛月", "", 2004))
OTHERS = (Person("拉毛草", "", 1985), Person("多杰本", "", 2010))
HARD: dict[str, tuple[Any, ...]] = {
    "one syllable, same year, same village": (("", "སྒྲོལ", 1990), {}, ("", "སྒྲོལ", 1990), {}, Outcome.DOUBTFUL),
    "one syllable, and the same people": (
        ("", "སྒྲོལ", 1990), {"members": KIN}, ("", "སྒྲོལ", 1990), {"members": KIN}, Outcome.CERTAIN
    ),
    "a common name of two syllables": (("扎西", "", 1977), {}, ("扎西", "", 1977), {}, Outcome.DOUBTFUL),
    "a common name in two scripts": (("扎西", "", 1977), {}, ("", "བཀྲ་ཤིས", 1977), {}, Outcome.DOUBTFUL),
    "a common name with its own telephone": (
        ("扎西", "", 1977), {"phone": "00012345678"}, ("札西", "བཀྲ་ཤིས", 1977), {"phone": "00012345678"}, Outcome.CERTAIN
    ),
    "the same name with other people": (
        ("才让多杰云", "", 1977), {"members": KIN}, ("才让多杰云", "", 1977), {"members": OTHERS}, Outcome.DOUBTFUL
    ),
    "grandfather and grandson on one telephone": (
        ("才让多杰云", "", 1950), {"phone": "00012345678"}, ("才让多杰云", "", 2001), {"phone": "00012345678"},
        Outcome.DOUBTFUL,
    ),
    "brothers on one telephone": (
        ("才让多杰云", "", 1977), {"phone": "00012345678"}, ("才让扎西云", "", 1979), {"phone": "00012345678"},
        Outcome.NEW,
    ),
    "written another way, nothing else known": (
        ("才让多杰云", "", None), {}, ("", "ཚེ་རིང་རྡོ་རྗེ་སྤྲིན", None), {}, Outcome.DOUBTFUL
    ),
    "written another way, the year counted the old way, the same people": (
        ("才仁多吉云", "", 1978), {"members": KIN}, ("", "ཚེ་རིང་རྡོ་རྗེ་སྤྲིན", 1977), {"members": KIN}, Outcome.CERTAIN
    ),
    "the same name and year in the next village": (
        ("才让多杰云", "", 1977), {}, ("才让多杰云", "", 1977), {"village": NEIGHBOUR}, Outcome.DOUBTFUL
    ),
    "nothing but the village": (("才让多杰云", "", None), {}, ("尼玛本", "", None), {}, Outcome.NEW),
}  # fmt: skip


@pytest.mark.parametrize("pair", HARD)
def test_hard_pairs_are_joined_only_where_nobody_would_doubt(pair: str) -> None:
    told, more, held, known, outcome = HARD[pair]
    table = Family(**{"id": "table", "head": Person(*told), "village": VILLAGE, **more})
    register = Family(**{"id": "register", "head": Person(*held), "village": VILLAGE, **known})
    assert linkage(register).find(table).outcome == outcome
    assert linkage(replace(table, id="register")).find(replace(register, id="table")).outcome == outcome


def test_one_member_is_not_two_who_sound_alike() -> None:
    namesake, other = Person("卓玛河", "", 1980), Person("卓玛河", "", 2015)
    one = replace(HELD, members=(namesake, other))
    two = replace(HELD, id="t", members=(namesake,))
    same, near = (RULES.weights.of("members", degree) for degree in (Degree.SAME, Degree.NEAR))

    assert linkage().score(one, two) == linkage().score(two, one)
    assert linkage().score(one, one) - linkage().score(one, two) == pytest.approx(same - near)


def test_two_families_as_like_are_never_chosen_between() -> None:
    double = replace(HELD, id="double", members=())

    found = linkage(HELD, double).find(Family("t", HELD.head, VILLAGE))

    assert found.outcome == Outcome.DOUBTFUL
    assert {id for id, _ in found.likest} == {"held", "double"}


def test_a_family_told_twice_in_one_table_is_seen() -> None:
    first = Family("1", Person("才让多杰云", "", 1977), VILLAGE)
    again = Family("2", Person("才仁多吉云", "", 1977), VILLAGE)
    other = Family("3", Person("才让多杰云", "", 1950), VILLAGE)

    assert twins([first, again, other], linkage()) == {"2": "1"}


def test_characters_that_share_a_syllable_are_one_class_and_others_are_not() -> None:
    spelling = Spelling.of([("རྗེ", "杰吉"), ("སྐྱིད", "吉"), ("ཚེ", "才次")])

    assert spelling.key("才杰") == spelling.key("ཚེ་སྐྱིད") == spelling.key("次 吉")
    assert spelling.key("才杰") != spelling.key("卓杰")


years = st.one_of(st.none(), st.integers(1930, 2020))
people = st.builds(
    lambda seed, year, script: Person(
        made_up_name(Random(seed)).zh if script != 1 else "", made_up_name(Random(seed)).bo if script else "", year
    ),
    st.integers(0, 40), years, st.integers(0, 2),
)  # fmt: skip
families = st.builds(
    Family, st.uuids(), people, st.sampled_from([VILLAGE, NEIGHBOUR, FAR]),
    st.sampled_from(["", "00000000001", "00000000002"]), st.lists(people, max_size=4).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(families, min_size=1, max_size=8), families)
def test_likeness_is_the_same_in_either_direction_and_order_does_not_matter(
    held: list[Family], told: Family
) -> None:
    one, other = linkage(*held), linkage(*reversed(held))

    assert one.find(told) == other.find(told)
    assert [one.score(told, family) for family in held] == [one.score(family, told) for family in held]


@settings(max_examples=60, deadline=None)
@given(st.lists(families, min_size=1, max_size=8), families)
def test_nothing_is_joined_below_certainty(held: list[Family], told: Family) -> None:
    made = linkage(*held)
    found = made.find(told)
    weights: Weights = made.weights

    if found.outcome == Outcome.CERTAIN:
        (best, weight), *rest = found.likest
        assert weight >= weights.certain
        assert all(weight - other >= weights.gap for _, other in rest)
        assert made.named(told.head, made.families[best].head) in (Degree.SAME, Degree.SPELT)
    everyone = [made.score(told, family) for family in held if made.keys(family) & made.keys(told)]
    assert (found.outcome == Outcome.NEW) == all(score < weights.doubtful for score in everyone)
