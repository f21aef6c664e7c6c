"""The list of forms, forms, manifests and entities: what Collect checks before it believes a server."""

from __future__ import annotations

import csv
import io
from hashlib import md5
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from mulian.core.packs import said as titled
from mulian.modules.forms.models import Form
from tests.gateways.openrosa.conftest import HTTP, Collect, collect_of, publish_pens
from tests.world import World

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"


def listed(collect: Collect, asked: str = "") -> list[dict[str, str]]:
    return [
        {each.tag.removeprefix(LIST): each.text or "" for each in row}
        for row in collect.tree(f"formList{asked}")
    ]


def files(collect: Collect, form: str) -> list[dict[str, str]]:
    (row,) = listed(collect, f"?formID={form}")
    return [
        {**each.attrib, **{one.tag.removeprefix(MANIFEST): one.text or "" for one in each}}
        for each in collect.tree(row["manifestUrl"])
    ]


def test_every_row_has_what_collect_cannot_do_without(collect: Collect) -> None:
    rows = listed(collect)
    assert [row["formID"] for row in rows] == ["family", "pens"]
    for row in rows:
        form = Form.objects.get(code=row["formID"])
        assert row["name"] == titled(form.title, "bo")
        assert (row["version"], row["hash"]) == (form.version, f"md5:{form.xform_md5}")
        got = collect.get(row["downloadUrl"])
        assert got.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert f"md5:{md5(got.content).hexdigest()}" == row["hash"]
        assert got.content.decode() == form.xform


def test_a_form_without_lists_has_no_manifest_in_its_row_and_an_empty_one_if_asked(collect: Collect) -> None:
    (row,) = listed(collect, "?formID=pens")
    assert "manifestUrl" not in row
    root = collect.tree(row["downloadUrl"].replace("form.xml", "manifest"))
    assert (root.tag, len(root)) == (f"{MANIFEST}manifest", 0)


def test_addresses_are_whole_stay_on_the_host_and_keep_the_key(collect: Collect) -> None:
    answer = collect.client.get(f"{collect.base}/formList", headers=HTTP, HTTP_HOST="localhost:8443")
    root = ElementTree.fromstring(answer.content)
    for url in [each.text for row in root for each in row if each.tag.endswith("Url")]:
        parts = urlsplit(str(url))
        assert (parts.scheme, parts.netloc) == ("http", "localhost:8443")
        assert parts.path.startswith(f"{collect.base}/forms/")


def test_the_list_is_narrowed_widened_and_described_as_asked(collect: Collect) -> None:
    publish_pens("2")
    assert [row["version"] for row in listed(collect, "?formID=pens")] == ["2"]
    every = listed(collect, "?formID=pens&listAllVersions=true")
    assert sorted(row["version"] for row in every) == ["1", "2"]
    assert listed(collect, "?formID=nothing") == []
    assert all("descriptionText" in row for row in listed(collect, "?verbose=true"))
    assert not any("descriptionText" in row for row in listed(collect, "?verbose=false"))
    old = next(row for row in every if row["version"] == "1")
    assert collect.get(old["downloadUrl"]).status_code == 200


def test_every_answer_says_that_it_speaks_openrosa(collect: Collect) -> None:
    for path in (
        "formList",
        "forms/pens/1/form.xml",
        "forms/pens/1/manifest",
        "forms/x/1/form.xml",
        "submission",
    ):
        answer = collect.get(path)
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "100000000"
        assert answer.headers["Date"] == "Sun, 22 Nov 2026 02:00:00 GMT"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("forms/nothing/1/form.xml", 404),
        ("forms/pens/99/form.xml", 404),
        ("forms/pens/1/lists/households.csv", 404),
        ("forms/family/1/lists/monks.csv", 404),
        ("submission", 405),
    ],
)
def test_what_is_not_there_says_so_in_the_users_language(collect: Collect, path: str, status: int) -> None:
    answer = collect.get(path)
    assert answer.status_code == status
    assert "X-Problem" in answer.headers


def test_another_version_of_the_protocol_is_refused_and_none_is_served(collect: Collect) -> None:
    assert collect.get("formList", **{"X-OpenRosa-Version": "2.0"}).status_code == 400
    assert collect.client.get(f"{collect.base}/formList").status_code == 200


def test_the_list_of_families_is_the_users_own(collect: Collect, world: World) -> None:
    (file,) = files(collect, "family")
    assert (file["type"], file["filename"]) == ("entityList", "households.csv")
    got = collect.get(file["downloadUrl"])
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f"md5:{md5(got.content).hexdigest()}" == file["hash"]
    mine = {row["name"] for row in csv.DictReader(io.StringIO(got.content.decode()))}
    assert str(world.households["near"]) in mine
    assert str(world.households["beyond"]) not in mine
    other = collect_of(world, "outsider")
    theirs = other.get(files(other, "family")[0]["downloadUrl"]).content
    assert not mine & {row["name"] for row in csv.DictReader(io.StringIO(theirs.decode()))}


def test_integrity_tells_which_families_are_to_be_forgotten(collect: Collect, world: World) -> None:
    (file,) = files(collect, "family")
    near, beyond = str(world.households["near"]), str(world.households["beyond"])
    root = collect.tree(f"{file['integrityUrl']}?id={near},{beyond},never")
    assert root.tag == "data"
    assert [(each.get("id"), each.findtext("deleted")) for each in root[0]] == [
        (near, "false"), (beyond, "true"), ("never", "true"),
    ]  # fmt: skip
    assert len(collect.tree(file["integrityUrl"])[0]) == 0


def test_who_may_fill_nothing_is_offered_nothing(world: World, collect: Collect) -> None:
    auditor = collect_of(world, "auditor")
    assert listed(auditor) == []
    assert auditor.get("forms/pens/1/form.xml").status_code == 404
