"""What is kept in the repository: our own sources, naming no package index and no machine's path."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = re.compile(
    r"(^|/)(node_modules|vendor|__pycache__|\.venv)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|mo|pyc|sqlite3)$"
)
# Written so that this file does not find itself.
INDEX = re.compile(
    "|".join(
        (r"index[-_]url\s*[=:]", r'"resolved"\s*:', r"files\.python" + "hosted", r"registry\.npm" + "js")
    )
)
PLACE = re.compile(r"(?<![\w./<-])/(?:home|root|work|Users)/[\w.-]+")
TEXT = {
    ".py",
    ".ts",
    ".tsx",
    ".mjs",
    ".js",
    ".json",
    ".toml",
    ".txt",
    ".md",
    ".html",
    ".css",
    ".csv",
    ".po",
    ".in",
    "",
}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _lines_matching(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in _tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_only_our_own_sources_are_tracked() -> None:
    assert [
        str(path.relative_to(ROOT)) for path in _tracked() if BUILT.search(str(path.relative_to(ROOT)))
    ] == []


def test_no_package_index_is_named() -> None:
    here = Path(__file__).name
    assert [line for line in _lines_matching(INDEX) if here not in line and "omit-lockfile" not in line] == []


def test_no_path_of_a_machine_is_named() -> None:
    here = Path(__file__).name
    assert [line for line in _lines_matching(PLACE) if here not in line] == []


def test_no_module_is_called_utils_common_helpers_or_manager() -> None:
    vague = {"utils", "util", "common", "helpers", "helper", "misc", "manager"}
    assert [
        str(path) for path in _tracked() if path.stem in vague and path.suffix in (".py", ".ts", ".tsx")
    ] == []


def test_no_test_asks_a_page_again_and_again_by_a_script() -> None:
    """Our pages forbid what Playwright does for it from the second asking on: it works only where the first is true."""
    forbidden = "wait_for_" + "function"
    assert [
        str(path) for path in sorted(Path(ROOT, "tests").rglob("*.py")) if forbidden in path.read_text()
    ] == []
