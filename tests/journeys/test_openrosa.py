"""Forms of the pack by a form program of others: every one loads, is filled in and sent in parts, twice, counts once.

A server that is killed between two parts loses nothing it acknowledged.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.gateways.openrosa.conftest import multipart, picture, sound
from tests.journeys.servers import Server, copied, request

sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))
import frontend  # type: ignore[import-not-found]

pytestmark = pytest.mark.slow
ENGINE = Path(__file__).resolve().parents[1] / "engine"


PERSON = """| survey |
| | type | name | label::བོད་ཡིག (bo) | label::中文 (zh) | label::English (en) |
| | text | word | ཚིག | 话 | Word |
| | integer | years | ལོ | 岁 | Years |

| settings |
| | form_id | version | form_title | title_bo | title_zh | title_en | default_language | about |
| | person | 1 | 一个人 | མི་གཅིག | 一个人 | A person | 中文 (zh) | member |
"""


def key_of(server: Server) -> str:
    return str(server.facts["devices"][0]["openrosa_key"])


def driven(server: Server) -> list[dict[str, Any]]:
    """What a form engine that is not ours answered and heard."""
    frontend.install("tests/engine")
    node = frontend.node()[0] / "node"
    address = f"{server.base_url}/openrosa/key/{key_of(server)}"
    done = subprocess.run(
        [str(node), "drive.mjs", address],
        cwd=ENGINE,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def county(seeded: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for this file, with a form more."""
    folder = tmp_path_factory.mktemp("openrosa")
    with copied(*seeded, folder / "openrosa") as server:
        publish(server, folder / "person.md")
        yield server.start()


@pytest.mark.sqlite_only(reason="what another engine makes of our forms does not depend on the database")
def test_every_form_of_the_pack_is_filled_in_by_an_engine_that_is_not_ours(county: Server) -> None:
    """And one more about a member of a family, who is chosen from the list of one's own."""
    results = driven(county)
    assert sorted(each["form"] for each in results) == [
        "herder", "household", "institution", "livestock", "mobile", "person", "town", "town_check", "visit"
    ]  # fmt: skip
    for each in results:
        assert (each["form"], each["status"], each["violations"]) == (each["form"], "ready", [])
        assert {status for status, _ in each["answers"]} == {201}, each
        assert each["languages"] == 3
        assert each["questions"] > (1 if each["form"] == "person" else 5)
        assert (each["form"], each["shown"]) == (each["form"], each["wanted"])
    assert sum(each["shown"] for each in results) > 80
    assert max(each["chunks"] for each in results) > 1


def publish(server: Server, path: Path) -> None:
    path.write_text(PERSON)
    env = {**os.environ, "MULIAN_DATA": str(server.folder), "MULIAN_DATABASE_URL": server.database_url}
    command = [sys.executable, "-m", "mulian", "form", "publish", str(path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_server_killed_between_two_parts_loses_nothing_it_acknowledged(county: Server) -> None:
    server = county
    xml, files = visit(server)
    assert post(server, xml, {"photo.jpg": files["photo.jpg"]}) == 201
    server.kill()
    server.start()
    assert post(server, xml, {"voice.wav": files["voice.wav"]}) == 201
    assert post(server, xml, files) == 201
    assert post(server, xml.replace("好", "坏"), {}) == 409


def visit(server: Server) -> tuple[str, dict[str, bytes]]:
    """A filled visit about the liaison's first family, with two files."""
    base = f"/openrosa/key/{key_of(server)}"
    listed = ElementTree.fromstring(request(server.port, "GET", f"{base}/formList?formID=visit")[1])
    version = next(each.text for each in listed.iter() if each.tag.endswith("version"))
    families = request(server.port, "GET", f"{base}/forms/visit/{quote(str(version))}/lists/households.csv")[
        1
    ]
    family = families.decode().splitlines()[1].partition(",")[0]
    talk = "<talk><question>好</question><wish>yes</wish><wish_voice>voice.wav</wish_voice></talk>"
    xml = (
        f'<data id="visit" version="{version}"><mulian_subject>{family}</mulian_subject><reason>regular</reason>'
        f"<met>head</met>{talk}<meta><instanceID>uuid:killed-between</instanceID></meta></data>"
    )
    return xml, {"photo.jpg": picture(), "voice.wav": sound()}


def post(server: Server, xml: str, files: dict[str, bytes]) -> int:
    body, kind = multipart(xml, files)
    path = f"/openrosa/key/{key_of(server)}/submission"
    return request(server.port, "POST", path, body, **{"Content-Type": kind})[0]
