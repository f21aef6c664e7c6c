"""What is learnt from texts: it beats a plain linear machine, knows how sure it is, and never raises."""

from __future__ import annotations

import csv
import io
from functools import cache
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reports import reports, table
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying import baseline, keeping, learning, reporting
from mulian.modules.cases.domain.classifying.calibration import lower_bound, lowest_safe
from mulian.modules.cases.domain.classifying.heads import effort, heads
from mulian.modules.cases.domain.classifying.marks import RUNS, UNITS, Marks, block_weights, marks
from mulian.modules.cases.domain.classifying.matrix import count, vocabulary, weigh
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, macro_f1, measure
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.rows import Row, sample
from mulian.modules.cases.domain.classifying.tables import Columns, Table, read

WANTED = Columns("text", "label", "split")


@cache
def invented(script: str, number: int = 900, level: int = 1) -> Table:
    return read(table(script, number, seed=3, level=level).encode(), WANTED)


@cache
def learnt(script: str) -> Model:
    return learning.learn(invented(script).train, name=f"test-{script}")


def measured(model: Model, rows: tuple[Row, ...]) -> Figures:
    judged = [model.judge(row.text) for row in rows]
    return measure(
        [Answer(r.label, j.topics, j.certainty, j.sure) for r, j in zip(rows, judged, strict=True)]
    )


def sheet(*lines: tuple[str, ...], header: tuple[str, ...] = ("text", "label")) -> bytes:
    found = io.StringIO()
    csv.writer(found).writerows([header, *lines])
    return found.getvalue().encode()


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_it_learns_what_a_plain_machine_learns_and_more(script: str) -> None:
    rows = invented(script)
    ours = measured(learnt(script), rows.test)
    theirs = measure(baseline.train(rows.train, 1).answers(rows.test))
    assert ours.macro_f1 > theirs.macro_f1
    assert ours.in_two > ours.accuracy > 0.75


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_the_same_rows_and_seed_give_the_same_bytes_and_they_come_back_whole(script: str) -> None:
    raw = keeping.to_bytes(learnt(script))
    assert keeping.to_bytes(learning.learn(invented(script).train, name=f"test-{script}")) == raw
    again = keeping.from_bytes(raw)
    texts = [row.text for row in invented(script).test]
    assert [again.judge(text) for text in texts] == [learnt(script).judge(text) for text in texts]
    assert len(raw) < 15_000_000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["zh", "bo"]))
def test_it_answers_any_text(text: str, script: str) -> None:
    judged = learnt(script).judge(text)
    assert len(judged.topics) == 2
    assert 0.0 <= judged.certainty <= 1.0
    assert judged.shares[0] >= judged.shares[1] >= 0.0


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "\0", "।", "x" * 200_000, "་" * 50])
def test_odd_texts_are_answered_and_never_sure(text: str) -> None:
    assert not learnt("zh").judge(text).sure


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=20))
def test_certainty_never_falls_as_the_signs_rise(sums: list[float]) -> None:
    rates = learnt("zh").certainty.rate(np.sort(np.array(sums)))
    assert bool(np.all(np.diff(rates) >= 0))


def test_signs_never_count_against_an_answer() -> None:
    for script in ("zh", "bo"):
        assert bool(np.all(learnt(script).certainty.weights >= 0))


def test_tibetan_is_seen_by_syllables_without_their_particle() -> None:
    road, roads = marks("ལམ་"), marks("ལམ་གྱི་")
    shared = set(road.keys[road.blocks == UNITS]) & set(roads.keys[roads.blocks == UNITS])
    assert len(shared) == 1


def test_chinese_is_its_characters_and_tibetan_half_its_syllables() -> None:
    chinese, tibetan, both = marks("路断了"), marks("ལམ་ཆད་སོང་"), marks("路断了ལམ་")
    assert set(chinese.blocks) == {RUNS}
    assert (chinese.tibetan, tibetan.tibetan) == (0.0, 1.0)
    assert 0 < both.tibetan < 1
    norms = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], np.float32)
    weights = block_weights(norms, np.array([0.0, 1.0, 1.0], np.float32))
    assert weights == pytest.approx(np.array([[1, 0], [0.5**0.5, 0.5**0.5], [0, 1]]), abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ａb  139", "aB ༡༣༩"), ("ལམ་ཆད།", "ལམ༌ཆད།"), (" 路断了\n", "路断了")],
    ids=["width, case, digits", "the mark that does not break", "blanks"],
)
def test_what_is_written_in_two_ways_is_one_spelling(one: str, other: str) -> None:
    assert np.array_equal(marks(one).keys, marks(other).keys)


def test_letters_of_tibetan_are_known_without_the_mark_between_syllables() -> None:
    with_marks, without = marks("ལམ་ཆད་སོང་"), marks("ལམཆདསོང")
    assert set(without.keys[without.blocks == RUNS]) == set(with_marks.keys[with_marks.blocks == RUNS])


def test_a_fact_beside_the_words_is_a_mark() -> None:
    assert len(marks("路", ["heard"]).keys) == len(marks("路").keys) + 1


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


def test_hints_name_topics_no_row_has() -> None:
    rows = [Row(each.text, each.topic) for each in reports("zh", 60, 1, 1)]
    model = learning.learn(rows, hints=[Row("航天飞机", "space")] * 3)
    assert model.judge("航天飞机").topic == "space"


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


def test_a_byte_order_mark_and_odd_rows_do_no_harm() -> None:
    raw = b"\xef\xbb\xbf" + sheet(
        ("桥断了", "road"), ("", "road"), ("没有水", ""), ("桥断了", "road"), ("停电", "power")
    )
    found = read(raw, Columns("text", "label"))
    assert {row.text for row in found.all} == {"桥断了", "停电"}
    assert (found.incomplete, found.repeated) == (2, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "text,label\n桥断了,路\n停水，没水,水\n".encode("gb18030"),
        "text;label\n桥断了;路\n停水，没水;水\n".encode(),
        "text\t label \r\n桥断了\t路\r\n停水，没水\t水\r\n".encode("utf-8-sig"),
        'label,other,text\n路,,桥断了\n水,,"停水，没水"\n'.encode(),
    ],
    ids=["older programs", "semicolons", "tabs", "other columns"],
)
def test_a_table_is_read_as_it_is_found(raw: bytes) -> None:
    assert {(row.text, row.label) for row in read(raw, Columns("text", "label")).all} == {
        ("桥断了", "路"), ("停水，没水", "水"),
    }  # fmt: skip


def test_without_a_split_every_label_is_learnt_and_a_fifth_measures() -> None:
    raw = sheet(*((f"文{at}", f"label{at // 2}") for at in range(100)))
    found = read(raw, Columns("text", "label"))
    assert (len(found.train), len(found.test)) == (80, 20)
    assert {row.label for row in found.train} == {f"label{at}" for at in range(50)}
    assert read(raw, Columns("text", "label")) == found


def test_rows_for_choosing_are_set_aside_unless_nothing_else_measures() -> None:
    lines = (("a", "x", "train"), ("b", "x", "validation"), ("c", "x", "test"))
    header = ("text", "label", "split")
    whole, without = (
        read(sheet(*lines, header=header), WANTED),
        read(sheet(*lines[:2], header=header), WANTED),
    )
    assert ([row.text for row in whole.test], whole.aside) == (["c"], 1)
    assert ([row.text for row in without.test], without.aside) == (["b"], 0)


def test_a_text_on_both_sides_is_measured_with_and_not_learnt_from() -> None:
    raw = sheet(
        ("桥断了", "road", "train"),
        ("桥 断了", "road", "train"),
        ("桥断了", "road", "test"),
        header=("text", "label", "split"),
    )
    found = read(raw, WANTED)
    assert [row.text for row in found.train] == ["桥 断了"]
    assert (found.leaked, len(found.test)) == (1, 1)


def test_a_text_with_two_labels_counts_for_most_of_its_rows() -> None:
    raw = sheet(("停水", "power"), ("停水", "water"), ("停水", "water"))
    assert [row.label for row in read(raw, Columns("text", "label")).all] == ["water"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (sheet(("a", "b"), header=("words", "label")), "classify.no_column"),
        (b"", "classify.no_column"),
        (sheet(("", "")), "classify.no_rows"),
        (b"text,label\n\xff\xff,x\n", "classify.not_text"),
        (sheet(("桥", "路", "later"), header=("text", "label", "split")), "classify.nothing_to_learn"),
        (b'"' + b"x" * 5_000_000 + b'",y\n', "classify.bad_table"),
        (b'text,label\n"' + b"x" * 5_000_000 + b'",y\n', "classify.bad_table"),
    ],
    ids=["column", "empty", "rows", "encoding", "split", "header", "field"],
)
def test_a_table_that_cannot_be_used_says_why(raw: bytes, code: str) -> None:
    columns = WANTED if b"split" in raw else Columns("text", "label")
    with pytest.raises(Problem) as refused:
        read(raw, columns)
    assert refused.value.code == code
    assert "%" not in refused.value.title


def test_of_many_rows_an_even_choice_keeps_every_label() -> None:
    rows = [Row(f"text {at}", "rare" if at == 77 else "common") for at in range(500)]
    chosen = sample(rows, 50)
    assert len(chosen) in (50, 51)
    assert {row.label for row in chosen} == {"rare", "common"}
    assert sample(rows, 50) == chosen


@pytest.mark.parametrize("at", [0, 5, 20, 40, 200, -1, -40])
def test_a_damaged_file_is_refused(at: int) -> None:
    raw = bytearray(keeping.to_bytes(learnt("zh")))
    raw[at] ^= 1
    with pytest.raises(Problem) as refused:
        keeping.from_bytes(bytes(raw))
    assert refused.value.code == "classify.broken_model"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_a_file_from_a_stranger_is_refused(body: bytes, dressed: bool) -> None:
    raw = keeping.sealed(keeping.FIRST + body) if dressed else body
    with pytest.raises(Problem):
        keeping.from_bytes(raw)


def test_a_head_that_promises_too_much_is_refused() -> None:
    raw = keeping.to_bytes(learning.learn([Row("桥", "road"), Row("水", "water")]))
    content = raw[:-32].replace(b'"keys": [', b'"keys": [9')
    with pytest.raises(Problem):
        keeping.from_bytes(keeping.sealed(content))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 300), st.data())
def test_the_lower_bound_is_that_of_clopper_and_pearson(answered: int, data: st.DataObject) -> None:
    """By its definition: with that rate, so many right or more would happen once in ten times."""
    hits = data.draw(st.integers(1, answered))
    rate = float(lower_bound(np.array([float(hits)]), np.array([answered]))[0])
    chances = (comb(answered, k) * rate**k * (1 - rate) ** (answered - k) for k in range(hits, answered + 1))
    assert sum(chances) == pytest.approx(0.1, abs=1e-6)
    assert lower_bound(np.array([0.0]), np.array([answered]))[0] == 0.0


@pytest.mark.parametrize(
    ("right", "wrong_below", "safe"),
    [(200, 50, True), (100, 50, False), (0, 50, False)],
    ids=["enough", "too few to prove it", "never right"],
)
def test_the_threshold_lies_where_the_promise_is_proved(right: int, wrong_below: int, safe: bool) -> None:
    sums = np.array([2.0] * right + [1.0] * wrong_below)
    hits = np.array([1.0] * right + [0.0] * wrong_below)
    assert lowest_safe(sums, hits) == (2.0 if safe else float("inf"))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_macro_f1_is_scikit_learns(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import f1_score

    right, said = zip(*pairs, strict=True)
    assert macro_f1(pairs) == pytest.approx(f1_score(right, said, average="macro", zero_division=0))


@pytest.mark.parametrize(
    ("texts_marks", "topics", "ways", "folds"),
    [
        (400_000, 97, 5, 5),
        (1_000_000, 97, 4, 5),
        (10_000_000, 97, 4, 1),
        (10_000_001, 101, 2, 1),
        (20_000_001, 2, 2, 1),
    ],
)
def test_effort_is_bounded(texts_marks: int, topics: int, ways: int, folds: int) -> None:
    found = effort(texts_marks, topics)
    assert (len(found.ways), found.folds) == (ways, folds)


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_the_swift_way_is_nearly_as_good_as_the_machine(script: str) -> None:
    found = invented(script)
    topics = sorted({row.label for row in found.all})
    numbers = np.array([topics.index(row.label) for row in found.all])
    counted = count([marks(row.text) for row in found.all], 1_000_000)
    learn, test = np.arange(len(found.train)), np.arange(len(found.train), len(found.all))
    words = vocabulary(counted, learn)
    rows, held = weigh(counted, learn, words), weigh(counted, test, words)
    swift, machine = heads(rows, numbers[learn], len(topics), ("swift", "machine"), 1)
    right = [float((way.scores(held).argmax(axis=1) == numbers[test]).mean()) for way in (swift, machine)]
    assert right[0] > right[1] - 0.03


def test_of_very_many_marks_those_of_one_text_go_first() -> None:
    shared, blocks = np.arange(10, 2010, dtype=np.uint32), np.zeros(2000, np.uint8)
    common = Marks(shared, np.ones(2000, np.float32), blocks, 0.0)
    own = Marks(np.array([5], np.uint32), np.ones(1, np.float32), blocks[:1], 0.0)
    counted = count([common] * 2100 + [own], 1_000_000)
    assert np.array_equal(counted.keys, shared)
    assert counted.counts.nnz == 2100 * 2000
    assert counted.sizes.tolist() == [2000] * 2100 + [1]


def test_very_long_tables_are_learnt_from_in_part() -> None:
    rows = [Row(f"{at} {'长' * 1999}", "road") for at in range(12_000)]
    kept = learning.bounded(rows)
    assert len(kept) == 12_000 * learning.MOST_LETTERS // (12_000 * 2000)
    assert learning.bounded(kept) == kept


@pytest.mark.parametrize(
    ("at_precision", "in_two", "said"),
    [(0.85, 0.9, "too few rows"), (0.5, 0.97, "overlap"), (0.5, 0.8, "too little")],
)
def test_why_less_is_sent_than_wanted(at_precision: float, in_two: float, said: str) -> None:
    figures = Figures(100, 0.9, 0.9, in_two, 0.5, 1.0, None, at_precision, 0.0, ())
    assert said in reporting.why(figures)


def test_a_neighbour_below_the_same_topmost_topic_counts_as_near() -> None:
    answers = [
        Answer("road.bridge", ("road.blocked",), 0.9, sure=True),
        Answer("road.bridge", ("road.bridge",), 0.9, sure=True),
        Answer("road.bridge", ("water.supply",), 0.9, sure=False),
    ]
    figures = measure(answers)
    assert (figures.sent_right, figures.sent_near) == (0.5, 1.0)
    assert measure([Answer("road", ("road",), 0.9, sure=True)]).sent_near is None


@pytest.mark.parametrize("topics", [2, 97, 1000])
@pytest.mark.parametrize("learnt_from", [0, 200_000])
def test_a_file_of_any_number_of_topics_and_texts_stays_small(topics: int, learnt_from: int) -> None:
    marks_kept = learning.room(topics, learnt_from)
    assert 10_000 < marks_kept < 2_000_000
    assert marks_kept * (topics + 6) + learnt_from * 8 < 15_000_000


def told_by_branch(number: int) -> list[Row]:
    """Two branches anybody can tell apart; within each, two topics nobody can."""
    rows = []
    for at in range(number):
        rows.append(Row(f"桥断了过不去{at}", f"road.{'ab'[at % 2]}"))
        rows.append(Row(f"没有水喝井干了{at}", f"water.{'ab'[at // 2 % 2]}"))
    return rows


def test_where_no_topic_is_sure_the_branch_above_may_be() -> None:
    model = learning.learn(told_by_branch(150))
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


@pytest.mark.parametrize(
    ("sure", "branch", "label", "right"),
    [
        (True, "", "road.a", True),
        (True, "road", "road.b", False),
        (False, "road", "road.b", True),
        (False, "road", "road", True),
        (False, "water", "road.a", False),
    ],
)
def test_what_is_sent_is_right_as_far_as_it_was_said(
    sure: bool, branch: str, label: str, right: bool
) -> None:
    found = measure([Answer(label, ("road.a",), 0.9, sure=sure, branch=branch)])
    assert (found.sent, found.sent_right, found.sent_whole) == (1.0, float(right), float(sure))


def test_what_goes_already_counts_for_the_threshold_of_the_rest() -> None:
    """200 right ones and three wrong: alone too few to go whole; beside 600 right ones that go anyway they do."""
    sums, right = np.arange(203, 0, -1.0), np.append(np.ones(200), np.zeros(3))
    assert lowest_safe(sums, right) > lowest_safe(sums, right, before=(600.0, 600)) == 1.0
    assert lowest_safe(sums, right, before=(500.0, 600)) == float("inf")
