"""The list of services, their questions, and discovery."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.gateways.open311.conftest import Program
from tests.world import AT

pytestmark = pytest.mark.django_db


def test_services_speak_the_readers_language_and_never_english_for_tibetan(program: Program) -> None:
    def name(**asked: str) -> str:
        return next(
            s["service_name"] for s in program.json("services", **asked) if s["service_code"] == "road.bridge"
        )

    assert (name(), name(locale="en"), name(locale="bo"), name(locale="zh_CN")) == (
        "桥梁",
        "Bridge",
        "ཟམ་པ",
        "桥梁",
    )
    accepted = program.client.get("/open311/v2/services.json", headers={"Accept-Language": "bo"})
    assert "ཟམ་པ" in accepted.content.decode()
    assert all(not s["service_name"].isascii() for s in program.json("services", locale="bo"))


def test_a_definition_names_its_questions(program: Program) -> None:
    found = program.json("services/road.bridge", locale="en")

    assert found["service_code"] == "road.bridge"
    assert found["attributes"][0] == {
        "variable": True,
        "code": "passable",
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": None,
        "order": 1,
        "description": "Can it still be crossed",
        "values": [
            {"key": "all", "name": "by cars and on foot"},
            {"key": "foot", "name": "only on foot"},
            {"key": "none", "name": "not at all"},
        ],
    }
    root = program.xml("services/road.bridge")
    assert [child.tag for child in root] == ["service_code", "attributes"]
    assert [value.findtext("key") for value in root.findall("attributes/attribute/values/value")] == [
        "all",
        "foot",
        "none",
    ]
    assert root.findtext("attributes/attribute/required") == "false"


def test_every_kind_of_question_is_offered_by_some_service(program: Program) -> None:
    listed = [s["service_code"] for s in program.json("services") if s["metadata"]]
    kinds = {a["datatype"] for code in listed for a in program.json(f"services/{code}")["attributes"]}

    assert kinds == {"string", "text", "number", "datetime", "singlevaluelist", "multivaluelist"}


def test_discovery_names_the_endpoint_in_both_formats(program: Program) -> None:
    found, root = program.json("discovery"), program.xml("discovery")

    (endpoint,) = found["endpoints"]
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"].endswith("/open311/v2")
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert endpoint["type"] == "production"
    assert datetime.fromisoformat(found["changeset"]) <= AT
    assert [f.text for f in root.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]
    assert json.loads(program.get("").content) == found
