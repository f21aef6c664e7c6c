"""A pack's own words are known before anybody reported anything."""

from __future__ import annotations

import pytest

from bench.reports import reports
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
    rows = [Row(each.text, each.topic) for each in reports("zh", 60, 1, 1)]
    model = learning.learn(rows, hints=[Row("航天飞机", "space")], private=private)
    assert model.judge("航天飞机").topic == "space"
