"""The forms the project ships: of a size somebody answers, in three languages, tied to what the register knows."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any

import pytest

from mulian.core.packs import load
from mulian.modules.forms import pack as forms
from mulian.modules.forms.actions.packed import sources
from mulian.modules.forms.actions.sources import read
from mulian.modules.forms.domain.definition import HOLDERS, SILENT, Definition, Kind, Node
from mulian.modules.forms.domain.facts import INSTANCES, PREFILLED, fact_wrong
from mulian.modules.forms.domain.xlsform import read_form

BASE = load("base")
ITEMS = {row["code"]: row for row in BASE.rows("register", "item")}
ABOUT = {
    "household": "household", "herder": "household", "town": "household", "mobile": "none",
    "institution": "institution", "town_check": "none", "visit": "household", "livestock": "household",
}  # fmt: skip
"""The four collection forms, places, the look of the town, visits and herds: whom each is about."""


@cache
def shipped() -> dict[str, Definition]:
    wrong = partial(fact_wrong, items=forms.items(BASE))
    found = [read_form(read(source), fact_wrong=wrong, files=forms.files(BASE)) for source in sources(BASE)]
    return {form.id: form for form in found}


def asked(form: Definition) -> list[Node]:
    return [node for node in form.walk() if node.type not in SILENT and node.appearance != "hidden"]


FOREIGN = re.compile(r"[A-Za-z\u4e00-\u9fff]|[་།]$")
"""Latin or Chinese in Tibetan words, or a final mark: the phone sets those."""
EACH = pytest.mark.parametrize("code", ABOUT)


def test_all_eight_are_there_and_have_no_fault() -> None:
    assert forms.check(BASE) == []
    assert {code: str(form.about) for code, form in shipped().items()} == ABOUT


@EACH
def test_a_form_has_as_many_questions_as_somebody_answers(code: str) -> None:
    assert 12 <= len(asked(shipped()[code])) <= 40


@EACH
def test_every_word_is_there_in_three_languages_and_tibetan_is_tibetan(code: str) -> None:
    form, gaps = shipped()[code], list[Any]()
    labels = [
        form.title, *(node.label for node in asked(form)), *(c.label for node in form.walk() for c in node.choices)
    ]  # fmt: skip
    said = [words for node in form.walk() for words in (node.hint, node.constraint_message) if words]
    for words in (*labels, *said):
        bare = words.get("bo", "").replace("${head}", "")
        if set(words) != {"bo", "zh", "en"} or FOREIGN.search(bare):
            gaps.append(words)
    assert gaps == []


@EACH
def test_who_breaks_a_rule_is_told_why(code: str) -> None:
    silent = [node.path for node in shipped()[code].walk() if node.constraint and not node.constraint_message]
    assert silent == []


def test_what_the_register_knows_is_asked_in_its_words_and_prefilled() -> None:
    for form in shipped().values():
        for node in asked(form):
            item = ITEMS.get(node.fact)
            if item is not None:
                assert dict(node.label) == item["name"], (form.id, node.path)
                codes = [each["code"] for each in item.get("choices", ())] or ["yes", "no"]
                assert [choice.name for choice in node.choices] in (codes, [])


def test_the_four_collections_ask_for_what_the_register_keeps() -> None:
    """Nothing of it is typed anywhere else: each fact of a member or camp stands in a repeat of members or camps."""
    told = {code: {node.fact for node in form.walk()} & set(ITEMS) for code, form in shipped().items()}
    assert {code: len(facts) >= 10 for code, facts in told.items() if code in ("household", "herder", "town")} == {
        "household": True, "herder": True, "town": True
    }  # fmt: skip
    assert told["mobile"] == told["town_check"] == told["institution"] == set()
    for form in shipped().values():
        for node in form.walk():
            of = ITEMS[node.fact].get("of", "household") if node.fact in ITEMS else "household"
            around = [form.nodes[path].fact for path in form.repeats[node.path]]
            assert of == "household" or around == [of], (form.id, node.path)


def test_nobody_is_asked_twice_in_one_form_and_pictures_are_small() -> None:
    for form in shipped().values():
        facts = [node.fact for node in form.walk() if node.fact]
        assert len(facts) == len(set(facts)), form.id
        assert {node.max_pixels for node in form.walk() if node.type == Kind.IMAGE} <= {1024}
        assert all(node.children for node in form.walk() if node.type in HOLDERS)
    named = {node.fact for form in shipped().values() for node in form.walk()}
    assert named - set(forms.items(BASE)) - INSTANCES - {""} <= PREFILLED
