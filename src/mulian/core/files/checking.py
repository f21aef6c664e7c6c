"""Starts the throw-away child and hears its verdict; the server itself never decodes what came from
outside (G21).
"""

from pathlib import Path

from mulian.core.child.starting import Ended, run
from mulian.core.files.decoding.verdict import Verdict
from mulian.core.files.storage import full_disk_is_a_problem

WALL_SECONDS = 20.0
"""The longest wait for a verdict: CPU is limited to less, but a child may also be starved."""
ANSWER_BYTES = 4096


def check(path: Path, clean_copy: Path) -> Verdict | None:
    """Decode `path` apart; a clean copy may appear at `clean_copy`. None when the child died without a
    verdict.

    A death says as much about the machine (no memory, killed) as about the file: the caller tries again once.
    """
    child = "mulian.core.files.decoding.child"
    with full_disk_is_a_problem(), path.open("rb") as original, clean_copy.open("w+b") as copy:
        return _heard(run(child, original, seconds=WALL_SECONDS, most=ANSWER_BYTES, lent=[copy]))


def _heard(child: Ended) -> Verdict | None:
    if not child.well:
        return None
    try:
        return Verdict.load(child.said)
    except (ValueError, TypeError):
        return None
