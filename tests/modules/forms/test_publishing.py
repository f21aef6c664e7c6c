"""Publishing: what becomes of an XLSForm, and what is refused, cell by cell."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest

from mulian.core.events.models import Event
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.converting import convert
from mulian.modules.forms.actions.publishing import draft, retire
from mulian.modules.forms.actions.sources import Source
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.models import Form
from tests.modules.forms.conftest import CHOICES, SMALL, SURVEY, Desk, markdown, settings, workbook
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")


def faults(source: Source) -> list[tuple[str, object, object, object]]:
    with pytest.raises(NotAForm) as caught:
        draft(source)
    return [
        (
            each.code.removeprefix("forms.cell_"),
            each.params["sheet"],
            each.params["row"],
            each.params["column"],
        )
        for each in caught.value.faults
    ]


def test_a_form_is_offered_with_its_definition_and_its_xform(desk: Desk) -> None:
    row = Form.objects.get()
    assert (row.code, row.version, row.about, row.questions, row.offered) == (
        "small",
        "1",
        "household",
        6,
        True,
    )
    assert [item["name"] for item in json.loads(row.definition)["items"]] == [
        "number", "rooms", "kind", "damage", "people"
    ]  # fmt: skip
    assert row.xform.count("<bind ") == 6 + 4  # which family, when it began and ended, and the instance's id
    assert "fact" not in row.xform
    assert 'nodeset="/data/mulian_subject"' in row.xform


def test_the_same_again_changes_nothing_and_other_content_needs_another_version(desk: Desk) -> None:
    first = Form.objects.get()
    assert desk.publish(markdown(*SMALL)).id == first.id
    with pytest.raises(Problem, match="version_taken"):
        desk.publish(markdown(*SMALL[1:]))
    later = desk.publish(markdown(*SMALL[1:], version="2"))
    assert list(Form.objects.filter(offered=True)) == [later]
    assert Form.objects.get(id=first.id).definition == first.definition
    assert list(Event.objects.filter(subject_kind="form").order_by("id").values_list("name", flat=True)) == [
        "forms.published", "forms.retired", "forms.published"
    ]  # fmt: skip


def test_a_retired_form_is_not_offered_any_more(desk: Desk) -> None:
    retire(code="small", actor=desk.world.actor("administrator"), at=AT)
    assert not Form.objects.filter(offered=True).exists()
    with pytest.raises(Problem, match="not_found"):
        retire(code="small", actor=desk.world.actor("administrator"), at=AT)


@pytest.mark.parametrize("who", ["liaison", "village_lead", "leader", "auditor"])
def test_only_who_publishes_publishes(desk: Desk, who: str) -> None:
    with pytest.raises(Problem, match="forbidden"):
        desk.publish(markdown(*SMALL, version="2"), by=who)


def test_a_workbook_says_the_same_as_its_markdown(desk: Desk) -> None:
    source = markdown(*SMALL, code="book")
    assert draft(Source("book.xlsx", workbook(source))) == draft(source)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("| | range | a | 甲 | ཀ | | | | |", ("range", "survey", 2, "parameters")),
        ("| | rank dwelling | a | 甲 | ཀ | | | | |", ("type", "survey", 2, "type")),
        ("| | select_one dwelling or_other | a | 甲 | ཀ | | | | |", ("list", "survey", 2, "type")),
        (
            "| | text | a | 甲 | ཀ | indexed-repeat(${b}, ${c}, 1) | | | |",
            ("reference", "survey", 2, "relevant"),
        ),
        ("| | select_one nowhere | a | 甲 | ཀ | | | | |", ("list", "survey", 2, "type")),
        ("| | select_one_from_file a.csv | a | 甲 | ཀ | | | | |", ("type", "survey", 2, "type")),
        ("| | text | 1a | 甲 | ཀ | | | | |", ("name", "survey", 2, "name")),
        ("| | text | meta | 甲 | ཀ | | | | |", ("name", "survey", 2, "name")),
        ("| | text | a | 甲 | | | | | |", ("label", "survey", 2, "name")),
        ("| | text | a | ${b} | ཀ | | | | |", ("reference", "survey", 2, "name")),
        ("| | text | a | 甲 | ཀ | /data/b = 1 | | | |", ("path", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | ${b} = 1 | | | |", ("reference", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | pulldata('x') | | | |", ("function", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | selected(.) | | | |", ("arguments", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | yes | | | |", ("word", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | (1 = 1 | | | |", ("bracket", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | 1 = | | | |", ("value", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | 1 1 | | | |", ("end", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | 1 # 1 | | | |", ("character", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | ${a} = 1 | | | |", ("circle", "survey", 2, "name")),
        ("| | text | a | 甲 | ཀ | position(..) = 1 | | | |", ("position", "survey", 2, "relevant")),
        ("| | text | a | 甲 | ཀ | | | regex(., '(a+)+') | |", ("pattern", "survey", 2, "constraint")),
        ("| | text | a | 甲 | ཀ | | | regex(., '^(a+)+$') | |", ("pattern", "survey", 2, "constraint")),
        ("| | integer | a | 甲 | ཀ | | | | dwelling.kind |", ("fact", "survey", 2, "fact")),
        ("| | integer | a | 甲 | ཀ | | | | no.such |", ("fact", "survey", 2, "fact")),
        ("| | integer | a | 甲 | ཀ | | | | school.stage |", ("fact", "survey", 2, "fact")),
        ("| | begin group | a | 甲 | ཀ | | | | |", ("group", "survey", 1, "type")),
        ("| | end group | | | | | | | |", ("group", "survey", 2, "type")),
        ("| | text | a | 宗教信仰 | ཀ | | | | |", ("refused", "survey", 2, "label::中文 (zh)")),
        ("| | text | ethnic_group | 甲 | ཀ | | | | |", ("refused", "survey", 2, "name")),
    ],
)
def test_what_is_outside_our_part_is_named_by_its_cell(row: str, wrong: tuple[str, str, int, str]) -> None:
    assert faults(markdown(row))[0] == wrong


def test_all_faults_come_at_once() -> None:
    found = faults(markdown("| | barcode | a | 甲 | ཀ | | | | |", "| | text | b | 乙 | | | | | |"))
    assert found == [("type", "survey", 2, "type"), ("label", "survey", 3, "name")]


def test_headings_choices_and_settings_are_looked_at() -> None:
    strange = [line.replace("| fact |", "| bind::x |") for line in SURVEY]
    text = [
        *strange,
        "| | text | a | 甲 | ཀ | | | | |",
        *CHOICES,
        "| | dwelling | tent | | |",
        *settings(code="Bad id"),
    ]
    assert faults(Source("x.md", "\n".join(text).encode())) == [
        ("column", "survey", 1, "bind::x"),
        ("setting", "settings", 2, "form_id"),
        ("name", "choices", 4, "name"),
        ("label", "choices", 4, "name"),
    ]


def test_rubbish_is_refused_in_a_sentence(desk: Desk) -> None:
    for name, data in (("a.xlsx", b"no zip"), ("a.md", b"\xff\xfe\x00"), ("a.md", b""), ("a.xlsx", _bomb())):
        with pytest.raises((Problem, NotAForm)):
            desk.publish(Source(name, data))
    assert Form.objects.count() == 1


def _bomb() -> bytes:
    """A workbook whose sheet unpacks to a hundred megabytes."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(markdown(*SMALL)))) as sound,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in sound.namelist():
            pad = b" " * 100_000_000 if name.endswith("sheet1.xml") else b""
            bomb.writestr(name, sound.read(name) + pad)
    return file.getvalue()


def test_too_many_rows_are_refused() -> None:
    rows = [f"| | text | a{at} | 甲 | ཀ | | | | |" for at in range(600)]
    assert faults(markdown(*rows))[0][0] == "many"
    with pytest.raises(Problem, match="too_large"):
        draft(Source("a.md", b"x" * 6_000_000))


def test_a_converter_that_dies_or_complains_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match="cell_converter"):
        convert([{"survey": [["type", "name"], ["text", "a b"]]}])
    monkeypatch.setattr("mulian.modules.forms.actions.converting.WALL_SECONDS", 0.1)
    with pytest.raises(Problem, match="too_heavy"):
        convert([{"survey": [["type", "name"], ["text", "a"]]}])
