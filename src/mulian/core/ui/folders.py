"""Where the modules keep their pages: `web/templates` and `web/static` beside each module's descriptor."""

from __future__ import annotations

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path


def templates() -> list[Path]:
    """Template folders of every installed module, for `TEMPLATES["DIRS"]`."""
    return _existing("templates")


def static() -> list[Path]:
    """Static folders of every installed module, for `STATICFILES_DIRS`."""
    return _existing("static")


def _existing(name: str) -> list[Path]:
    # Settings ask before Django runs, so packages are located and not imported.
    found = [root / "web" / name for root in _roots()]
    return [folder for folder in found if folder.is_dir()]


def _roots() -> list[Path]:
    packages = sorted(
        point.value.partition(":")[0].rpartition(".")[0] for point in entry_points(group="mulian.modules")
    )
    specs = [find_spec(package) for package in packages]
    return [Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()]
