"""The golden vectors of tests/golden/forms, which the phone runs too: what is asked, refused and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mulian.modules.forms.domain.answers import check
from mulian.modules.forms.domain.definition import Definition, dump, load
from mulian.modules.forms.domain.expressions.parsing import parse
from mulian.modules.forms.domain.xlsform import read_form
from mulian.modules.forms.domain.xlsform.markdown import lines
from mulian.modules.forms.domain.xlsform.tables import tables

FOLDER = Path(__file__).parents[2] / "golden" / "forms"
VECTORS = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
CASES = [(name, at) for name, vector in VECTORS.items() for at in range(len(vector["cases"]))]


def test_there_are_vectors() -> None:
    assert {"expressions", "family", "herds"} <= set(VECTORS)


@pytest.mark.parametrize(("name", "at"), CASES)
def test_answers_come_out_as_written(name: str, at: int) -> None:
    form, case = load(VECTORS[name]["definition"]), VECTORS[name]["cases"][at]
    found = check(form, case["answers"], today=case["today"], now=case.get("now", ""))
    assert (found.relevant, found.refused, found.kept) == (case["relevant"], case["refused"], case["kept"])


@pytest.mark.parametrize("name", VECTORS)
def test_a_definition_survives_the_wire(name: str) -> None:
    assert dump(load(VECTORS[name]["definition"])) == VECTORS[name]["definition"]


@pytest.mark.parametrize("name", VECTORS)
def test_the_texts_parse_to_the_lists(name: str) -> None:
    form = load(VECTORS[name]["definition"])
    texts: dict[str, dict[str, str]] = VECTORS[name].get("texts", {})
    for path, cells in texts.items():
        for column, text in cells.items():
            assert _parsed(form, text, column) == getattr(form.nodes[path], column), text


def _parsed(form: Definition, text: str, column: str) -> list[Any]:
    def resolve(name: str) -> str | None:
        found = [path for path, node in form.nodes.items() if node.name == name]
        return found[0] if len(found) == 1 else None

    return parse(text, resolve, in_choices=column == "choice_filter")


RANGES = """| survey |
| | type | name | label::中文 (zh) | label::བོད་ཡིག (bo) | parameters | constraint |
| | range | snow | 雪深 | གངས་ཟབ་ཚད | start=0 end=10 | . != 5 |
| | range | hay | 饲草 | རྩྭ་ཆག | start=0.5 end=2.5 step=1 | |
| settings |
| | form_id | version | form_title | title_zh | title_bo | title_en | about |
| | between | 1 | 之间 | 之间 | བར | Between | none |
"""


def test_a_range_is_a_number_with_a_rule() -> None:
    form = read_form(tables(lines(RANGES)), fact_wrong=lambda form, node: False)
    assert dump(form) == VECTORS["between"]["definition"]
