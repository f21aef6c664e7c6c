"""Who gets a report may be sure where its closest topic is not."""

from __future__ import annotations

import numpy as np
import pytest

from mulian.modules.cases.domain.classifying import keeping, learning
from mulian.modules.cases.domain.classifying.destinations import by_levels, by_receivers, reaches
from mulian.modules.cases.domain.classifying.levels import Answers
from mulian.modules.cases.domain.classifying.promising import Said, thresholds
from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.domain.topics import Here, Kind, Topic, Topics

PACK = Topics(
    {
        "road": Topic(code="road", departments=("transport",)),
        "road.damaged": Topic(code="road.damaged", parent="road"),
        "road.bridge": Topic(code="road.bridge", parent="road", departments=("transport", "water")),
        "road.ice": Topic(
            code="road.ice", parent="road", overrides=(Here(areas=("63",), departments=("x",)),)
        ),
        "road.wish": Topic(code="road.wish", parent="road", kind=Kind.WISH),
        "bus": Topic(code="bus", departments=("transport",)),
    }
)


@pytest.mark.parametrize(
    ("said", "label", "right"),
    [
        ("road", "road.bridge", True),
        ("road.bridge", "road", False),
        ("road.damaged", "road", True),
        ("road.damaged", "bus", True),
        ("road.damaged", "road.ice", False),
        ("road.damaged", "road.wish", False),
        ("nobody", "road", False),
        ("nobody", "nobody", True),
    ],
    ids=["as far as said", "too far", "same receivers", "in another branch", "others in one area",
         "another kind", "unknown", "itself"],
)  # fmt: skip
def test_a_report_is_sent_rightly_to_the_right_topic_or_the_right_receivers(
    said: str, label: str, right: bool
) -> None:
    assert reaches(by_receivers(PACK), said, label) is right


def test_the_nearest_topic_above_with_the_same_receivers_stands_for_them() -> None:
    found = by_receivers(PACK)
    assert {code: place.topic for code, place in found.items()} == {
        "road": "road", "road.damaged": "road", "road.bridge": "road.bridge", "road.ice": "road.ice",
        "road.wish": "road.wish", "bus": "bus",
    }  # fmt: skip
    assert by_levels(["a.b.c", "a"])["a.b.c"].topic == "a.b"


def test_of_three_levels_the_second_goes_where_the_third_is_open() -> None:
    rows = [Row(f"桥断了过不去{at}", f"road.bridge.{'ab'[at % 2]}") for at in range(200)]
    rows += [Row(f"没有水喝井干了{at}", f"water.well.{'ab'[at // 2 % 2]}") for at in range(200)]
    model = learning.learn(rows)
    judged = model.judge("桥断了过不去了啊")
    assert (judged.sure, judged.branch) == (False, "road.bridge")
    assert keeping.from_bytes(keeping.to_bytes(model)) is not None
    assert keeping.from_bytes(keeping.to_bytes(model)).judge("桥断了过不去了啊") == judged


def test_what_is_sent_at_each_level_together_keeps_the_promise() -> None:
    """200 sure topics, 200 whose receivers alone are sure, 200 whose branch alone is, 100 that nothing is sure of."""
    names = ("road", "road.bridge", "road.damaged", "bus")
    labels = ["road.bridge"] * 200 + ["road"] * 200 + ["road.bridge"] * 200 + ["water"] * 100
    first = np.repeat([1, 2, 2, 1], [200, 200, 200, 100])
    sums = np.repeat([4.0, 3.0, 2.0, 1.0], [200, 200, 200, 100])
    above = Said(Answers(np.zeros(700, np.int64), sums), ("road", "bus"))
    found = thresholds(Said(Answers(first, sums), names), above, labels, by_receivers(PACK))
    assert (found.named, found.topic, found.branch) == (4.0, 3.0, 2.0)
