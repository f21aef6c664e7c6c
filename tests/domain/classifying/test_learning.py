"""What is learnt from texts: it beats a plain linear machine, keeps nobody's own words, and asks where rows are few."""

from __future__ import annotations

import pytest

from mulian.modules.cases.domain.classifying import baseline, keeping, learning
from mulian.modules.cases.domain.classifying.marks import marks
from mulian.modules.cases.domain.classifying.measuring import measure
from mulian.modules.cases.domain.classifying.rows import Row
from tests.domain.classifying.learnt import invented, learnt, measured


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_it_learns_what_a_plain_machine_learns_and_more(script: str) -> None:
    rows = invented(script)
    ours = measured(learnt(script), rows.test)
    theirs = measure(baseline.train(rows.train, 1).answers(rows.test))
    assert ours.macro_f1 > theirs.macro_f1
    assert ours.in_two > ours.accuracy > 0.75


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_the_same_rows_and_seed_give_the_same_bytes_and_they_come_back_whole(script: str) -> None:
    rows = invented(script, 250)
    model = learning.learn(rows.train)
    raw = keeping.to_bytes(model)
    assert keeping.to_bytes(learning.learn(rows.train)) == raw
    again = keeping.from_bytes(raw)
    assert [again.judge(row.text) for row in rows.test] == [model.judge(row.text) for row in rows.test]
    assert len(raw) < 15_000_000


@pytest.mark.parametrize(
    "rows",
    [
        [Row("桥断了", "road")],
        [Row(f"桥断了{at}", "road") for at in range(5)],
        [Row("桥断了", "road"), Row("没有水", "water")],
        [*(Row(f"桥断了{at}", "road") for at in range(30)), Row("没有水", "water")],
    ],
    ids=["one row", "one label", "a row each", "a label with one row"],
)
def test_few_rows_give_a_model_that_asks(rows: list[Row]) -> None:
    model = learning.learn(rows)
    assert model.judge("桥断了").topic == "road"
    assert not any(model.judge(row.text).sure for row in rows)
    assert keeping.from_bytes(keeping.to_bytes(model)).topics == model.topics


def test_a_private_model_keeps_nothing_one_text_alone_holds() -> None:
    name = "扎西顿珠家"
    rows = [
        Row("桥断了", "road"),
        Row("没有水", "water"),
        Row("桥断了啊", "road"),
        Row(f"没有水{name}", "water"),
    ]
    whole, private = learning.learn(rows), learning.learn(rows, private=True)
    mine = set(marks(name).keys) - set(marks(" ").keys)
    assert mine & set(whole.keys)
    assert not mine & set(private.keys)
    assert (len(whole.learnt), len(private.learnt)) == (4, 0)
