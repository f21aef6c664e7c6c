"""Whatever goes because of its age goes by a rule that `mulian retention --dry-run` names (G20); nothing else does."""

from __future__ import annotations

import ast
from pathlib import Path

import mulian
from mulian.core.registry import resolve, retentions

ROOT = Path(mulian.__file__).parent
TAKING = {"delete", "unlink", "rmtree"}
NOBODY = {
    "core/access/limits.py": "counters of limits: full again, they say nothing",
    "core/notify/sending.py": "numbers that bounced go when a message arrived",
    "core/sync/silence.py": "a silence ends when the phone speaks",
    "gateways/openrosa/actions/recognising.py": "numbers used once, of sign-ins long over",
    "insight/actions/counting.py": "figures written anew",
    "modules/cases/actions/canary.py": "clocks of no case, which prove that the ladder moves",
}
"""Files that delete and compare times, where nothing of anybody goes by age."""


def by_age() -> set[str]:
    """Sources that both delete and ask what is older than something."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not {"migrations", "seed"} & set(path.parts)
        for calls in [_calls(path)]
        if any(isinstance(one.func, ast.Attribute) and one.func.attr in TAKING for one in calls)
        and any((word.arg or "").endswith(("__lt", "__lte")) for one in calls for word in one.keywords)
    }


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def source(path: str) -> str:
    """Where the function behind a dotted path is written."""
    return resolve(path).__module__.removeprefix("mulian.").replace(".", "/") + ".py"


def test_nothing_is_deleted_by_age_outside_the_rules() -> None:
    ruled = {source(path) for rule in retentions() for path in (rule.due, rule.sweep)}
    assert by_age() - ruled == NOBODY.keys()
    assert NOBODY.keys() & ruled == set()
