"""A pack's own words are known before anybody reported anything."""

from __future__ import annotations

import numpy as np
import pytest

from bench.reports import Wanted, reports
from mulian.modules.cases.domain.classifying import learning
from mulian.modules.cases.domain.classifying.hints import hints
from mulian.modules.cases.domain.classifying.rows import Row
from mulian.modules.cases.domain.topics import Topic, Topics

TOPICS = Topics(
    {
        "road": Topic(
            code="road", name={"zh": "道路", "bo": "ལམ", "en": "Roads"}, words={"zh": ("路", "路")}
        ),
        "road.bridge": Topic(code="road.bridge", parent="road", name={"zh": "桥梁"}, words={"zh": ("桥断",)}),
        "water": Topic(code="water", name={"zh": "水"}, words={"bo": ("ཆུ",)}),
    }
)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (
            None,
            [
                ("道路", "road"),
                ("路", "road"),
                ("桥梁", "road.bridge"),
                ("桥断", "road.bridge"),
                ("ཆུ", "water"),
            ],
        ),
        ({"road"}, [("道路", "road"), ("路", "road"), ("桥梁", "road"), ("桥断", "road")]),
        ({"sport"}, []),
    ],
    ids=["all topics", "labels are topmost topics", "labels of another table"],
)
def test_words_and_titles_are_texts_of_the_nearest_topic(
    labels: set[str] | None, expected: list[tuple[str, str]]
) -> None:
    """A title counts where the topic has words in its language; each once."""
    assert [(row.text, row.label) for row in hints(TOPICS, labels)] == expected


@pytest.mark.parametrize("private", [False, True])
def test_one_word_names_a_topic_no_row_has(private: bool) -> None:
    """Also in a private model, which keeps no mark of one row alone: a pack's word is nobody's own."""
    rows = [Row(each.text, each.topic) for each in reports(Wanted("zh", 60, 1, 1))]
    model = learning.learn(rows, hints=[Row("航天飞机", "space")], private=private)
    assert model.judge("航天飞机").topic == "space"


def test_a_topic_known_by_its_words_alone_is_offered_and_never_sure() -> None:
    """It was in no trial, so nothing is proved of it, however well all others went."""
    rows = [Row(f"桥断了过不去{at}", "road") for at in range(90)]
    rows += [Row(f"没有水喝井干了{at}", "water") for at in range(90)]
    model = learning.learn(rows, hints=[Row("什么政策", "voice")])
    judged = model.judge("什么政策")
    assert (judged.topic, judged.sure) == ("voice", False)
    assert model.certainty.constant.argmin() == model.topics.index("voice")
    assert np.ptp(model.certainty.constant) > 100
