"""The import contracts hold, and each kind of fault they exist for is caught by name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = "The layers of Mulian"
MODULES = "Registers below workflow below programmes"
INSIDE = "Inside a module"
DOORS = "Other modules are entered by their doors"
PURE = "Rules know no Django"
CORE = "The layers of core"

# file → the line added to it, and the contracts that must then be broken: those and no others.
FAULTS = {
    "core imports a module": (
        "core/areas/fault.py",
        "import mulian.modules.cases.events",
        {LAYERS, DOORS},
    ),
    "the kernel imports core": ("kernel/fault.py", "import mulian.core.registry", {LAYERS, PURE}),
    "a register imports workflow": (
        "modules/households/actions.py",
        "import mulian.modules.cases.events",
        {MODULES},
    ),
    "a module skips another's door": (
        "modules/cases/actions.py",
        "import mulian.modules.households.models",
        {DOORS},
    ),
    "a rule imports Django": ("modules/cases/domain/fault.py", "import django.db.models", {PURE}),
    "a rule reaches Django through core": (
        "modules/cases/domain/fault.py",
        "import mulian.core.areas.models",
        {PURE},
    ),
    "an event imports Django": ("modules/cases/events.py", "import django.db.models", {PURE}),
    "models import their own pages": (
        "modules/cases/models.py",
        "import mulian.modules.cases.web.views",
        {INSIDE},
    ),
    "one programme imports another": (
        "modules/emergency/public.py",
        "import mulian.modules.monitoring.public",
        {MODULES},
    ),
    "a file with no place in a module": ("modules/cases/utils.py", "", {INSIDE}),
    "a module with no place among the modules": ("modules/gossip/__init__.py", "", {MODULES}),
    "a package with no layer": ("helpers/__init__.py", "", {LAYERS}),
    "a package of core with no layer": ("core/common/__init__.py", "", {CORE}),
    "a lower part of core imports a higher one": (
        "core/areas/fault.py",
        "import mulian.core.access.models",
        {CORE},
    ),
    "figures skip a module's door": (
        "insight/fault.py",
        "import mulian.modules.cases.models",
        {DOORS, INSIDE},
    ),
    "figures are counted by what reads a table": (
        "insight/domain/fault.py",
        "import django.db.models",
        {PURE},
    ),
    "a module reads figures": ("modules/cases/actions.py", "import mulian.insight.queries", {LAYERS}),
    "a page shell imports a module by name": (
        "site/fault.py",
        "import mulian.modules.cases.events",
        {DOORS},
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources, with every file a fault imports from, changeable at will."""
    leave = shutil.ignore_patterns("node_modules", "dist", "static", "__pycache__", "*.csv")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=leave)
    (tmp_path / "tools").mkdir()
    for name in (".importlinter", "tools/import_doors.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def _add(folder: Path, file: str, line: str) -> None:
    path = folder / "src" / "mulian" / file
    for parent in reversed(path.parents):
        if parent.is_relative_to(folder / "src" / "mulian") and not (parent / "__init__.py").exists():
            parent.mkdir(exist_ok=True)
            (parent / "__init__.py").touch()
    with path.open("a") as text:
        text.write(f"\n{line}\n")


def _broken(folder: Path) -> set[str]:
    """The names of the contracts import-linter finds broken."""
    program = Path(sys.executable).with_name("lint-imports")
    env = dict(os.environ, PYTHONPATH=str(folder / "src"), COLUMNS="200")
    ran = subprocess.run([program, "--no-logo"], cwd=folder, env=env, capture_output=True, text=True)
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", ran.stdout, re.M))
    assert set(verdicts) == {LAYERS, MODULES, INSIDE, DOORS, PURE, CORE}, ran.stdout + ran.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def test_every_contract_holds(copy: Path) -> None:
    assert _broken(copy) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_injected_fault_breaks_its_contract(copy: Path, fault: str) -> None:
    file, line, expected = FAULTS[fault]
    if line:
        imported = line.removeprefix("import mulian.")
        if imported.startswith("modules."):
            _add(copy, imported.replace(".", "/") + ".py", "")
    _add(copy, file, line)
    assert _broken(copy) == expected
