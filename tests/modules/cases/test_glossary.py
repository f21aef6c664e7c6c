"""The administrator's words stand over the pack's; refused words cannot be kept; what was taken out comes back."""

from __future__ import annotations

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.glossary import drop, keep
from mulian.modules.cases.domain.terms import Term
from mulian.modules.cases.queries.glossary import dropped, sought, terms
from tests.modules.cases.conftest import Line
from tests.world import AT


def test_the_pack_brings_words_in_both_languages(line: Line) -> None:
    found = terms()
    assert len(found) > 250
    assert Term("bridge", "桥", "ཟམ་པ") in found
    assert len({each.code for each in found}) == len(found)


def test_add_change_take_out_and_put_back(line: Line) -> None:
    actor = line.world.actor("administrator")
    row = keep(code="", zh=" 便民 服务站 ", bo="ཞབས་ཞུ་ཚིགས།", note="", actor=actor, at=AT)
    assert sought("便民") == [Term(row.code, "便民 服务站", "ཞབས་ཞུ་ཚིགས", "", own=True)]
    keep(code="bridge", zh="桥", bo="ཟམ", note="这里这样说", actor=actor, at=AT)
    assert [each.bo for each in terms() if each.code == "bridge"] == ["ཟམ"]
    drop(code="bridge", actor=actor, at=AT)
    assert "bridge" not in {each.code for each in terms()}
    assert [each.code for each in dropped()] == ["bridge"]
    keep(code="bridge", zh="桥", bo="ཟམ་པ", note="", actor=actor, at=AT)
    assert dropped() == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"zh": "", "bo": "ཟམ"}, "cases.both_words"),
        ({"zh": "桥", "bo": "bridge"}, "cases.both_words"),
        ({"zh": "ཟམ", "bo": "ཟམ"}, "cases.both_words"),
        ({"zh": "桥", "bo": "ཟམ་པ"}, "cases.known_term"),
        ({"zh": "思想状况", "bo": "བསམ་བློ"}, "cases.refused_word"),
    ],
)
def test_what_is_no_term_is_refused(line: Line, given: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as refused:
        keep(code="", note="", actor=line.world.actor("administrator"), at=AT, **given)
    assert refused.value.code == code


def test_nobody_else_keeps_words_and_an_unknown_code_is_none(line: Line) -> None:
    with pytest.raises(Problem) as refused:
        drop(code="bridge", actor=line.world.actor("county_duty"), at=AT)
    assert refused.value.code == "forbidden"
    with pytest.raises(Problem) as refused:
        drop(code="nothing", actor=line.world.actor("administrator"), at=AT)
    assert refused.value.code == "not_found"
