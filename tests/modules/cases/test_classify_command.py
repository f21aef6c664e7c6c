"""`mulian classify` on a table of any labels and script: figures beside the plain machine, a file, plain refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.reports import Wanted, table
from mulian import cli

COLUMNS = ["--text", "text", "--label", "label"]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    made = tmp_path / "reports.csv"
    made.write_text(table(Wanted("bo", 300, seed=5, level=1)), "utf-8-sig")
    return made


def run(*words: object) -> int:
    return cli.main(["classify", *(str(word) for word in words)])


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_train_then_eval_say_the_same_of_the_same_rows(
    script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, model = tmp_path / "reports.csv", tmp_path / "model"
    made.write_text(table(Wanted(script, 300, seed=5, level=1)), "utf-8-sig")
    options = [made, *COLUMNS, "--split", "split", "--model", model, "--json"]
    assert run("train", *options) == 0
    trained = json.loads(capsys.readouterr().out)
    assert run("eval", *options) == 0
    evaluated = json.loads(capsys.readouterr().out)
    assert trained["mulian"]["figures"] == evaluated["mulian"]["figures"]
    assert trained["baseline"]["figures"] == evaluated["baseline"]["figures"]
    assert trained["mulian"]["size"] == model.stat().st_size


def test_the_figures_stand_beside_those_of_the_plain_machine(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("eval", sheet, *COLUMNS, "--split", "split") == 0
    told = capsys.readouterr().out
    for words in (
        "macro F1",
        "accuracy",
        "n-gram SVM",
        "98% right",
        "size, bytes",
        "µs a text",
        "mixed up",
        " → ",
    ):
        assert words in told


def test_without_a_split_a_fifth_measures_and_the_kept_model_learns_from_all(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model"
    assert run("train", sheet, *COLUMNS, "--model", model) == 0
    capsys.readouterr()
    assert run("eval", sheet, *COLUMNS, "--model", model) == 1
    told = capsys.readouterr()
    assert "the model learnt from them" in told.out
    assert "No row is left to measure with." in told.err


def test_a_new_table_is_measured_whole_and_beside_a_machine_with_the_same_rows(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, other = tmp_path / "model", tmp_path / "other.csv"
    other.write_text(table(Wanted("bo", 80, seed=6, level=1)), "utf-8")
    assert run("train", sheet, *COLUMNS, "--model", model, "--quiet") == 0
    assert run("eval", other, *COLUMNS, "--model", model, "--against", sheet, "--json") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["mulian"]["figures"]["rows"] == told["baseline"]["figures"]["rows"] > 60


def test_words_of_a_pack_are_learnt_before_any_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A topic of the pack with one row, told in a word no row has."""
    made = tmp_path / "reports.csv"
    rows = "".join(f"停电{at}次,power,train\n没有水{at}天,water,train\n" for at in range(40))
    made.write_text(
        f"text,label,split\n{rows}山羊病了,livestock,train\n木桥塌了,road.bridge,test\n老师,road.bridge,train\n"
    )
    options = [made, *COLUMNS, "--split", "split", "--json"]
    right = []
    for words in ([], ["--words", "gande"]):
        assert run("eval", *options, *words) == 0
        right.append(json.loads(capsys.readouterr().out)["mulian"]["figures"]["accuracy"])
    assert right == [0.0, 1.0]


def test_what_cannot_be_used_is_said_in_one_line(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR.")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as one_line:
        one_line.truncate(5_000_000_000)
    for words, said in (
        (["eval", tmp_path / "nowhere.csv", *COLUMNS], "cannot be read"),
        (["eval", huge, *COLUMNS], "larger than 256 MB"),
        (["eval", sheet, "--text", "words", "--label", "label"], "no column words"),
        (["eval", sheet, *COLUMNS, "--model", damaged], "no model"),
        (["eval", sheet, *COLUMNS, "--words", "nowhere"], "There is no pack nowhere"),
        (
            ["eval", sheet, "--text", "label", "--label", "text", "--words", "gande"],
            "No label of the table is a topic",
        ),
        (["train", sheet, *COLUMNS, "--model", tmp_path / "no" / "where", "--quiet"], "cannot be written"),
    ):
        assert run(*words) == 1
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1


def test_progress_is_told_beside_the_figures(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("eval", sheet, *COLUMNS, "--split", "split", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["mulian"]["micros_p99"] > 0
    assert "trying it on texts not learnt from, 5 of 5" in told.err


def test_what_goes_wrong_leaves_the_model_that_was_there(sheet: Path, tmp_path: Path) -> None:
    model, empty = tmp_path / "model", tmp_path / "empty.csv"
    model.write_bytes(b"the old one")
    empty.write_text("text,label\n,\n", "utf-8")
    assert run("train", empty, *COLUMNS, "--model", model, "--quiet") == 1
    (tmp_path / "model.part").mkdir()
    assert run("train", sheet, *COLUMNS, "--model", model, "--quiet") == 1
    assert model.read_bytes() == b"the old one"
