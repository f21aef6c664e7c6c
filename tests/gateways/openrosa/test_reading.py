"""XML from strangers, answers by type, and what we write."""

from __future__ import annotations

import base64
import json
import zlib
from contextlib import suppress
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.gateways.openrosa.domain import answering, documents, reading
from mulian.gateways.openrosa.domain.collect import setup_code
from mulian.gateways.openrosa.domain.documents import ListedFile, ListedForm
from mulian.gateways.openrosa.domain.envelope import envelope
from mulian.kernel.problems import Problem

FAMILY = UUID("0190a0c0-0000-7000-8000-000000000001")


def root(inside: str, head: str = 'id="visit" version="7"') -> reading.Element:
    return reading.read(f"<data {head}>{inside}</data>".encode())


BOMBS = {
    "doctype": b"<!DOCTYPE data><data id='a'/>",
    "entities": b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d id="a">&b;</d>',
    "outside": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d id="a">&x;</d>',
    "deep": b"<a>" * 50 + b"</a>" * 50,
    "many": b"<a>" + b"<b/>" * 200_001 + b"</a>",
    "unclosed": b"<data id='a'><b>",
    "nothing": b"",
    "words": b"hello",
    "two": b"<a/><b/>",
    "not unicode": b"<a>\xff\xfe\xfa</a>",
    "unknown coding": b'<?xml version="1.0" encoding="nonsense"?><a/>',
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_what_is_no_plain_xml_is_refused(body: bytes) -> None:
    with pytest.raises(Problem) as raised:
        reading.read(body)
    assert raised.value.code == "openrosa.unreadable"


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" + b" " * reading.LARGEST,
        b"<a>" + b"x" * 1_100_000 + b"</a>",
        b"<a><!--" + b"x" * reading.LARGEST + b"--></a>",  # nothing of it counts for any other limit
    ],
    ids=["spaces", "text", "comment"],
)
def test_what_is_too_long_is_refused_as_that(body: bytes) -> None:
    with pytest.raises(Problem) as raised:
        reading.read(body)
    assert raised.value.code == "too_large"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with suppress(Problem):
        reading.read(body)


def test_what_a_submission_says_of_itself() -> None:
    filled = (
        '<o:meta xmlns:o="http://openrosa.org/xforms"><o:instanceID> uuid:1 </o:instanceID>'
        "<o:deprecatedID>uuid:0</o:deprecatedID></o:meta><start>2026-11-22T09:00:00.000+08:00</start><end>x</end>"
        f"<mulian_subject>{FAMILY}</mulian_subject>"
    )
    said = envelope(root(filled), b"bytes", about="household")
    assert (said.form, said.version, said.instance, said.deprecated) == ("visit", "7", "uuid:1", "uuid:0")
    assert said.subject == ("household", FAMILY)
    assert said.started
    assert said.started.isoformat() == "2026-11-22T09:00:00+08:00"
    assert said.ended is None


def test_an_entity_names_the_subject_and_bytes_name_what_has_no_name() -> None:
    entity = f'<meta><entity dataset="members" id="{FAMILY}"/></meta>'
    assert envelope(root(entity), b"x", about="member").subject == ("member", FAMILY)
    for nobody in (
        '<meta><entity dataset="monks" id="1"/></meta>',
        "<mulian_subject>someone</mulian_subject>",
        "",
    ):
        assert envelope(root(nobody), b"x", about="household").subject is None
    bare = envelope(reading.read(b'<f xmlns="urn:form"/>'), b"x")
    assert (bare.form, bare.version, bare.instance[:7]) == ("urn:form", "", "sha256:")
    assert (
        envelope(root(""), b"x").instance
        == envelope(root(""), b"x").instance
        != envelope(root(""), b"y").instance
    )


@pytest.mark.parametrize(
    ("head", "code"),
    [('id="a" encrypted="yes"', "openrosa.encrypted"), ("", "openrosa.unreadable")],
)
def test_what_nobody_could_read_or_place_is_refused(head: str, code: str) -> None:
    with pytest.raises(Problem) as raised:
        envelope(root("", head), b"x")
    assert raised.value.code == code


ITEMS: list[dict[str, Any]] = [
    {"name": name, "type": name}
    for name in ("text", "integer", "decimal", "date", "time", "select_one", "select_multiple", "note")
] + [
    {"name": "audio", "type": "audio"},
    {"name": "geopoint", "type": "geopoint"},
    {"name": "ok", "type": "acknowledge"},
]


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("text", "  ཁྱིམ་ཚང &amp; ", "ཁྱིམ་ཚང &"),
        ("integer", "-12", -12),
        ("integer", "12.5", "12.5"),
        ("integer", "1e3", "1e3"),
        ("decimal", "3.50", 3.5),
        ("decimal", "NaN", "NaN"),
        ("date", "2026-11-22", "2026-11-22"),
        ("date", "2026-11-22T00:00:00.000+08:00", "2026-11-22"),
        ("date", "soon", "soon"),
        ("time", "14:30:00.000+08:00", "14:30"),
        ("time", "14:30", "14:30"),
        ("select_one", "yes", "yes"),
        ("select_multiple", " a  b ", ["a", "b"]),
        ("geopoint", "33.9 100.1 4012.0 5", {"lat": 33.9, "lon": 100.1, "accuracy": 5.0}),
        ("geopoint", "33.9 100.1", {"lat": 33.9, "lon": 100.1}),
        ("geopoint", "here", "here"),
        ("ok", "OK", True),
        ("audio", "声音 1.m4a", "声音 1.m4a"),
    ],
)
def test_an_answer_is_read_as_its_type_or_stays_the_text_it_was(name: str, said: str, value: object) -> None:
    assert answering.answers(ITEMS, root(f"<{name}>{said}</{name}>")) == {name: value}


def test_groups_are_objects_repeats_are_lists_and_strangers_are_no_answers() -> None:
    items: list[dict[str, Any]] = [
        {"name": "g", "type": "group", "children": [{"name": "a", "type": "text"}]},
        {"name": "empty", "type": "group", "children": [{"name": "a", "type": "text"}]},
        {"name": "r", "type": "repeat", "children": [
            {"name": "n", "type": "integer"}, {"name": "photo", "type": "image"},
        ]},
        {"name": "voice", "type": "audio"},
    ]  # fmt: skip
    filled = root(
        "<start>now</start><r_count>2</r_count><g><a>x</a><odd>y</odd></g><empty><a/></empty>"
        "<r><n>1</n><photo>1.jpg</photo></r><r><n/><photo>2.jpg</photo></r><voice>v.m4a</voice><text>t</text>"
    )
    found = answering.answers(items, filled)
    assert found == {"g": {"a": "x"}, "r": [{"n": 1, "photo": "1.jpg"}, {"photo": "2.jpg"}], "voice": "v.m4a"}
    assert list(answering.files_of(items, found)) == ["1.jpg", "2.jpg", "v.m4a"]


FORM = ListedForm(
    form_id="a&b",
    name="<家>",
    version="1",
    md5="0" * 32,
    download="http://h/x?a=1&b=2",
    manifest="http://h/m",
)


def test_the_list_has_what_collect_asks_of_every_row() -> None:
    space = "{http://openrosa.org/xforms/xformsList}"
    found = ElementTree.fromstring(documents.form_list([FORM], verbose=True))
    assert found.tag == f"{space}xforms"
    assert {each.tag.removeprefix(space): each.text for each in found[0]} == {
        "formID": "a&b", "name": "<家>", "version": "1", "hash": f"md5:{'0' * 32}", "descriptionText": None,
        "downloadUrl": "http://h/x?a=1&b=2", "manifestUrl": "http://h/m",
    }  # fmt: skip
    assert b"descriptionText" not in documents.form_list([FORM])
    assert ElementTree.fromstring(documents.form_list([])).tag == f"{space}xforms"


def test_a_manifest_marks_lists_of_entities_and_says_where_to_ask_about_them() -> None:
    space = "{http://openrosa.org/xforms/xformsManifest}"
    plain = ListedFile(filename="声.m4a", md5="1", download="http://h/1")
    lists = ListedFile(filename="households.csv", md5="2", download="http://h/2", integrity="http://h/3")
    found = ElementTree.fromstring(documents.manifest([plain, lists]))
    assert [each.attrib for each in found] == [{}, {"type": "entityList"}]
    assert [[(one.tag.removeprefix(space), one.text) for one in each] for each in found] == [
        [("filename", "声.m4a"), ("hash", "md5:1"), ("downloadUrl", "http://h/1")],
        [("filename", "households.csv"), ("hash", "md5:2"), ("downloadUrl", "http://h/2"), ("integrityUrl", "http://h/3")],
    ]  # fmt: skip


def test_integrity_says_which_entities_are_gone() -> None:
    found = ElementTree.fromstring(documents.integrity(["a", 'b"<'], frozenset({"a"})))
    assert [(each.get("id"), each.findtext("deleted")) for each in found[0]] == [
        ("a", "false"),
        ('b"<', "true"),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")))
def test_any_sentence_is_a_message(text: str) -> None:
    found = ElementTree.fromstring(documents.response("error", text))
    assert found.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    assert found[0].get("nature") == "error"


def test_the_set_up_code_is_what_collect_unpacks() -> None:
    code = setup_code(server_url="https://county.example/openrosa/key/k", project="牧联 མི")
    said = json.loads(zlib.decompress(base64.b64decode(code, validate=True)))
    assert said["general"]["server_url"] == "https://county.example/openrosa/key/k"
    assert said["project"]["name"] == "牧联 མི"
    assert set(said) == {"general", "admin", "project"}
