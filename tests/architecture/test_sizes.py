"""Files and functions stay readable: at most 300 lines a file, 40 a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE, FUNCTION = 300, 40


def _sources() -> Iterator[Path]:
    for folder, patterns in {"src": ("*.py",), "tools": ("*.py",), "field/src": ("*.ts", "*.tsx")}.items():
        for pattern in patterns:
            for path in sorted((ROOT / folder).rglob(pattern)):
                if "migrations" not in path.parts and "node_modules" not in path.parts:
                    yield path


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and lines of code of every function, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node):
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in _sources()}
    assert {name: lines for name, lines in lengths.items() if lines > FILE} == {}


def test_functions_are_short() -> None:
    found = [pair for path in _sources() if path.suffix == ".py" for pair in _functions(path)]
    assert {name: lines for name, lines in found if lines > FUNCTION} == {}
