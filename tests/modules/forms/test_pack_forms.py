"""The forms of the shipped packs: published as they are, valid for ODK's own validator."""

from __future__ import annotations

import glob
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import pyxform

from mulian.core.packs import Pack, load
from mulian.modules.forms.actions.converting import convert
from mulian.modules.forms.actions.packed import sources
from mulian.modules.forms.actions.sources import read
from mulian.modules.forms.domain.definition import Definition, Kind
from mulian.modules.forms.domain.xlsform import read_form
from mulian.modules.forms.pack import check, files

BASE = load("gande")
JARS = glob.glob(str(Path(pyxform.__file__).parent / "validators/odk_validate/bin/*.jar"))


@pytest.fixture(scope="module")
def forms() -> dict[str, tuple[Definition, str]]:
    """id → definition and XForm."""
    tables = [read(source) for source in sources(BASE)]
    xforms = convert([each.plain() for each in tables])
    definitions = [read_form(each, fact_wrong=lambda form, node: False, files=files(BASE)) for each in tables]
    return {form.id: (form, xml) for form, xml in zip(definitions, xforms, strict=True)}


def test_the_forms_that_are_allowed_are_there(forms: dict[str, tuple[Definition, str]]) -> None:
    wanted = {"household", "herder", "town", "mobile", "institution", "town_check", "visit", "livestock"}
    assert wanted == set(forms)


@pytest.mark.parametrize("pack", ["gande", "dari", "zhiduo", "haiyan"])
def test_every_pack_passes_its_own_check(pack: str) -> None:
    found: Pack = load(pack)
    assert check(found) == []


def test_the_xform_holds_exactly_our_questions(forms: dict[str, tuple[Definition, str]]) -> None:
    """Collect asks what our phone asks: the same paths, and beside them only which family it is about, and when."""
    for form, xml in forms.values():
        root = ElementTree.fromstring(xml)
        binds = {each.attrib["nodeset"] for each in root.iter("{http://www.w3.org/2002/xforms}bind")}
        ours = {
            f"/data/{path}" for path, node in form.nodes.items() if node.type not in (Kind.GROUP, Kind.REPEAT)
        }
        beside = {"/data/meta/instanceID", "/data/mulian_subject", "/data/mulian_start", "/data/mulian_end"}
        groups = {
            f"/data/{path}" for path, node in form.nodes.items() if node.type in (Kind.GROUP, Kind.REPEAT)
        }
        assert (ours - binds, binds - ours - beside - groups) == (set(), set()), form.id


@pytest.mark.skipif(not shutil.which("java") or not JARS, reason="ODK Validate needs Java")
def test_odk_validate_finds_them_valid(forms: dict[str, tuple[Definition, str]], tmp_path: Path) -> None:
    paths = []
    for id, (_, xml) in forms.items():
        paths.append(tmp_path / f"{id}.xml")
        paths[-1].write_text(xml)
    said = subprocess.run(
        ["java", "-jar", JARS[0], *map(str, paths)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (said.returncode, (said.stdout + said.stderr).count("Xform is valid")) == (0, len(paths)), (
        said.stderr
    )
