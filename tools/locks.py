"""Lock files: exactly which packages are installed, each with the hashes of its files.

`python tools/locks.py compile [--upgrade]` makes requirements/*.txt again from requirements/*.in (needs
the program uv); `python tools/locks.py check` needs no network: every wish is met by its lock, every
package carries hashes, and no file names the index it came from (everyone uses their own).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from steps import ROOT, Failed, main, say

FOLDER = ROOT / "requirements"
ORDER = ("runtime", "build", "dev", "ocr", "node")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*)$", re.M)


def compile_all() -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise Failed("Making lock files needs the program uv.", "pip install uv, then run this again.")
    options = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--quiet",
    ]
    command = ["--custom-compile-command", "python tools/locks.py compile", *sys.argv[2:]]
    for name in ORDER:
        subprocess.run(
            [uv, "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *options, *command],
            cwd=FOLDER,
            check=True,
        )


def wishes(name: str) -> list[Requirement]:
    lines = (FOLDER / f"{name}.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def locked(name: str) -> dict[str, str]:
    text = (FOLDER / f"{name}.txt").read_text()
    return {canonicalize_name(package): version for package, version, _ in PINNED.findall(text)}


def python_faults(name: str) -> list[str]:
    """What is wrong with one Python lock file, in sentences."""
    text, versions, found = (FOLDER / f"{name}.txt").read_text(), locked(name), []
    for wish in wishes(name):
        version = versions.get(canonicalize_name(wish.name))
        if version is None or version not in wish.specifier:
            found.append(f"requirements/{name}.txt has {wish.name} {version}, wanted is {wish}")
    blocks = re.split(r"(?m)^(?=\S+==)", text)[1:]
    found += [
        f"requirements/{name}.txt: no hash for {b.split()[0]}" for b in blocks if "--hash=sha256:" not in b
    ]
    if "://" in text or re.search(r"^--(index|extra|find)", text, re.M):
        found.append(f"requirements/{name}.txt names a package index")
    return found


def project_faults() -> list[str]:
    """pyproject.toml and runtime.in say the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {"runtime": project["dependencies"], **project.get("optional-dependencies", {})}
    return [
        f"pyproject.toml asks for {line}, requirements/{name}.in does not"
        for name, lines in asked.items()
        for line in sorted({str(Requirement(line)) for line in lines} - {str(wish) for wish in wishes(name)})
    ]


def npm_faults(folder: Path) -> list[str]:
    """A package-lock.json in step with its package.json, with integrity and without addresses."""
    if not (folder / "package.json").is_file():
        return []
    name = folder.name
    if not (folder / "package-lock.json").is_file():
        return [f"{name}/package-lock.json is missing"]
    wanted, lock = (json.loads((folder / f).read_text()) for f in ("package.json", "package-lock.json"))
    root, found = lock["packages"][""], []
    for kind in ("dependencies", "devDependencies"):
        if wanted.get(kind, {}) != root.get(kind, {}):
            found.append(f"{name}/package-lock.json was not made from this package.json ({kind})")
    for path, entry in lock["packages"].items():
        if "resolved" in entry:
            found.append(f"{name}/package-lock.json names where {path} came from")
        if path and not entry.get("integrity") and not entry.get("link") and not entry.get("inBundle"):
            found.append(f"{name}/package-lock.json has no integrity for {path}")
    return found


def check() -> None:
    found = [fault for name in ORDER for fault in python_faults(name)] + project_faults()
    found += [fault for name in ("assets", "field", "tests/engine") for fault in npm_faults(ROOT / name)]
    if found:
        raise Failed(
            "\n".join(found),
            "Make them again: python tools/locks.py compile (Python), npm install (in the folder).",
        )
    say("Lock files are in step.")


if __name__ == "__main__":
    main(compile_all if sys.argv[1:2] == ["compile"] else check)
