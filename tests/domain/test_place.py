"""Where it happened: the order of the answers, and names in a text."""

import pytest

from mulian.kernel.geo import Point
from mulian.modules.cases.domain.gazetteer import Gazetteer
from mulian.modules.cases.domain.place import Basis, HouseholdPlaces, KnownPlace, Whereabouts, find_place
from tests.domain.county import COUNTY, G1, T1, T2, TOWN, V1, V2, V3, V5

NAMES = Gazetteer.of(
    [
        (COUNTY, "青原县", ""),
        (T1, "白水乡", "ཆུ་དཀར་ཤང"),
        (T2, "石门镇", ""),
        (V1, "白水村", ""),
        (V2, "柳沟村委会", "ལྕང་ལུང་གྲོང་ཚོ"),
        (V3, "格日多玛村", "གེ་རི་རྡོ་མ་གྲོང་ཚོ"),
        (TOWN, "新街社区", ""),
        (V5, "柳沟村", ""),
    ]
)
KNOWN = (KnownPlace(V3, Point(34.0, 100.0)), KnownPlace(V5, Point(34.1, 100.0)))
CAMPED = HouseholdPlaces(registered=V1, residing=TOWN, camp=V5)


def found(**facts: object) -> tuple[str, Basis]:
    place = find_place(Whereabouts(county=COUNTY, **facts), names=NAMES, known=KNOWN)  # type: ignore[arg-type]
    return place.area, place.basis


NEARBY, FAR = Point(34.02, 100.0), Point(35.0, 100.0)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"chosen": (V2,), "text": "格日多玛村", "point": NEARBY, "household": CAMPED, "grid": G1},
            (V2, Basis.CHOSEN),
        ),
        (
            {"text": "格日多玛村路断", "point": Point(34.1, 100.0), "household": CAMPED, "grid": G1},
            (V3, Basis.NAMED),
        ),
        ({"text": "路断了", "point": NEARBY, "household": CAMPED, "grid": G1}, (V3, Basis.POINT)),
        ({"point": Point(34.07, 100.0), "grid": G1}, (V5, Basis.POINT)),
        ({"point": FAR, "household": CAMPED, "grid": G1}, (V5, Basis.CAMP)),
        ({"point": NEARBY, "accuracy": 30_000.0, "household": CAMPED}, (V5, Basis.CAMP)),
        ({"household": HouseholdPlaces(registered=V1, residing=TOWN), "grid": G1}, (TOWN, Basis.RESIDING)),
        ({"household": HouseholdPlaces(registered=V1), "grid": G1}, (V1, Basis.REGISTERED)),
        ({"household": HouseholdPlaces(), "grid": G1}, (G1, Basis.GRID)),
        ({"grid": G1}, (G1, Basis.GRID)),
        ({"text": "路断了"}, (COUNTY, Basis.COUNTY)),
        ({"point": FAR}, (COUNTY, Basis.COUNTY)),
    ],
)
def test_the_first_sure_answer_counts(facts: dict[str, object], expected: tuple[str, Basis]) -> None:
    assert found(**facts) == expected


def test_two_set_by_a_person_are_a_double_event() -> None:
    place = find_place(Whereabouts(county=COUNTY, chosen=(V1, V5)))
    assert (place.area, place.also) == (V1, (V5,))


def test_twenty_kilometres_is_the_limit() -> None:
    assert found(point=Point(33.8202, 100.0), grid=G1) == (V3, Basis.POINT)
    assert found(point=Point(33.8198, 100.0), grid=G1) == (G1, Basis.GRID)


def test_a_nearer_point_is_surer() -> None:
    near = find_place(Whereabouts(county=COUNTY, point=Point(34.001, 100.0)), known=KNOWN)
    far = find_place(Whereabouts(county=COUNTY, point=Point(33.83, 100.0)), known=KNOWN)
    assert near.confidence > far.confidence >= 0.5


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("格日多玛村的桥断了", [], [V3]),
        ("格日多玛村委会门口", [], [V3]),
        ("格日多玛那边雪很大", [], [V3]),
        ("白水乡的路断了", [], [T1]),
        ("白水村的路断了", [], [V1]),
        ("白水乡白水村的路断了", [], [V1]),
        ("新街社区停电", [], [TOWN]),
        ("新街停电", [], []),
        ("新街停电", [f"{T2}202"], [TOWN]),
        ("柳沟村有人受伤", [], []),
        ("柳沟村有人受伤", [G1], [V2]),
        ("柳沟村有人受伤", [V5], [V5]),
        ("石门镇柳沟村有人受伤", [], [V5]),
        ("石门镇柳沟村有人受伤", [G1], [V5]),
        ("格日多玛村和白水村争草场", [], [V3, V1]),
        ("石门镇格日多玛村", [], [V3]),
        ("青原县的路", [], []),
        ("水白乡", [], []),
        ("གེ་རི་རྡོ་མ་གྲོང་ཚོའི་ཟམ་པ་ཆད", [], [V3]),
        ("གེ་རི་རྡོ་མར་གངས་འབབ", [], [V3]),
        ("ལྕང་ལུང་གི་ལམ་ཆད", [], []),
        ("ལྕང་ལུང་གི་ལམ་ཆད", [V2], [V2]),
        ("", [], []),
    ],
)
def test_names_in_a_text(text: str, near: list[str], expected: list[str]) -> None:
    assert [each.area for each in NAMES.named_in(text, near=near)] == expected


def test_a_full_name_is_surer_than_a_stem() -> None:
    (full,), (stem,) = NAMES.named_in("格日多玛村"), NAMES.named_in("格日多玛")
    assert full.confidence > stem.confidence >= 0.8
