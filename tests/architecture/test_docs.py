"""The documents are complete: links lead somewhere, settings are written up, guarantees name tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = ("start.md", "tour.md", "glossary.md", "GUARANTEES.md", "adr", "how-to", "reference")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _texts() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted(DOCS.rglob("*.md"))


def _all_docs() -> str:
    return "\n".join(path.read_text() for path in _texts())


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _leads_somewhere(page: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    path = (page.parent / target).resolve() if target else page
    if not path.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.M) if anchor and path.suffix == ".md" else []
    return not anchor or path.suffix != ".md" or anchor in map(_anchor, headings)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_there(page: str) -> None:
    path = DOCS / page
    assert path.exists()
    assert not path.is_dir() or list(path.glob("*.md")) != []


def test_every_link_leads_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in _texts()
        for link in LINK.findall(page.read_text())
        if not re.match(r"[a-z]+:", link) and not _leads_somewhere(page, link)
    ]
    assert dead == []


def test_every_setting_is_written_up() -> None:
    sources = "\n".join(path.read_text() for path in sorted((ROOT / "src").rglob("*.py")))
    names = set(re.findall(r'["\'](MULIAN_[A-Z_]+)["\']', sources))
    documented = set(re.findall(r"\bMULIAN_[A-Z_]+", _all_docs()))
    assert names - documented == set()


def test_every_command_is_written_up() -> None:
    """Commands shown in `mulian --help`; those without help text are the program's own business."""
    tree = ast.parse((ROOT / "src" / "mulian" / "cli" / "arguments.py").read_text())
    names = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "add_parser"
        and isinstance(node.args[0], ast.Constant)
        and any(word.arg == "help" for word in node.keywords)
    }
    text = _all_docs()
    assert {name for name in names if not re.search(rf"\bmulian (\w+ )?{name}\b", text)} == set()


@pytest.mark.parametrize("page", ["GUARANTEES.md", "reference/where-others-broke.md"])
def test_every_row_names_tests_that_exist(page: str) -> None:
    """A row names its tests as `tests/file.py` or `tests/file.py::test_name`."""
    named = re.findall(r"`((?:tests|field)/[\w./-]+)(?:::(\w+))?`", (DOCS / page).read_text())
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or (name and f"def {name}(" not in (ROOT / file).read_text())
    ]
    assert named != []
    assert missing == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("[0-9][0-9][0-9][0-9]-*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
