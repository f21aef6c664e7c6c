"""`manifest.json`: what a backup holds, so that a missing, cut or changed file is seen before anything is restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mulian.core.files.storage import digest
from mulian.kernel.problems import Problem
from mulian.site.keeping.problems import BROKEN

NAME = "manifest.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`vendor` is sqlite or postgresql; `counts` rows by table; `files` path → [bytes, SHA-256]."""

    made_at: str
    vendor: str
    pack: str
    counts: dict[str, int]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    version: int = VERSION

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Raises `restore.broken` for what is no manifest of a version this Mulian knows."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {str(name): (int(size), str(sha256)) for name, (size, sha256) in found["files"].items()}
        manifest = Manifest(**{**found, "files": files})
        safe = all(not Path(name).is_absolute() and ".." not in Path(name).parts for name in files)
    except OSError as error:
        raise Problem(BROKEN, what=f"{NAME} is missing") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Problem(BROKEN, what=f"{NAME} cannot be read") from error
    if manifest.version != VERSION or not safe:
        raise Problem(BROKEN, what=f"{NAME} is of another version")
    return manifest


def check(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Reads every file and yields its name once it is what the manifest says. Raises `restore.broken`."""
    for name, (size, sha256) in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise Problem(BROKEN, what=f"{name} is missing")
        if path.stat().st_size != size or digest(path) != sha256:
            raise Problem(BROKEN, what=f"{name} is damaged")
        yield name
