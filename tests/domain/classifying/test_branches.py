"""Where no topic is sure, the topmost one above it may be."""

from __future__ import annotations

import pytest

from mulian.modules.cases.domain.classifying import keeping, learning
from mulian.modules.cases.domain.classifying.rows import Row


def told_by_branch(number: int) -> list[Row]:
    """Two branches anybody can tell apart; within each, two topics nobody can."""
    rows = []
    for at in range(number):
        rows.append(Row(f"桥断了过不去{at}", f"road.{'ab'[at % 2]}"))
        rows.append(Row(f"没有水喝井干了{at}", f"water.{'ab'[at // 2 % 2]}"))
    return rows


def test_where_no_topic_is_sure_the_branch_above_may_be() -> None:
    model = learning.learn(told_by_branch(130))
    judged = model.judge("桥断了过不去了啊")
    assert model.branches == ("road", "water")
    assert (judged.sure, judged.branch, judged.topics[0].partition(".")[0]) == (False, "road", "road")
    assert judged.branch_certainty > 0.9
    again = keeping.from_bytes(keeping.to_bytes(model))
    assert again.judge("桥断了过不去了啊") == judged
    assert keeping.to_bytes(again) == keeping.to_bytes(model)


@pytest.mark.parametrize("labels", [("road", "water"), ("road.a", "road.b")])
def test_without_two_branches_or_topics_below_them_nothing_is_told_twice(labels: tuple[str, str]) -> None:
    rows = [Row(f"{'桥水'[at % 2]}断了{at}", labels[at % 2]) for at in range(40)]
    model = learning.learn(rows)
    assert (model.branches, model.branch_certainty, model.judge("桥断了").branch) == ((), None, "")
