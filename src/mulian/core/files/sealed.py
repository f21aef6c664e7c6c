"""Sounds and photos that a phone sealed to the county: opened once, when whole, and only then decoded.

What travels, and what a carrier holds, is the box. Opening is arithmetic on at most ten megabytes; what comes out is as
untrusted as anything from outside and goes to the throw-away child like the rest.
"""

from __future__ import annotations

from pathlib import Path

from mulian.core import registry
from mulian.core.files.models import Blob
from mulian.core.files.place import storage
from mulian.core.files.storage import full_disk_is_a_problem
from mulian.kernel.problems import Problem


def open_to(target: Path, sha256: str) -> bool:
    """Writes what lies in a sealed content to `target` and notes whose phone sealed it; False for an open content.

    Raises `files.sealed` for an unknown key, a broken box or an unknown maker.
    """
    kid = Blob.objects.values_list("sealed", flat=True).get(sha256=sha256)
    if not kid:
        return False
    box = storage().blob(sha256).read_bytes()
    try:
        maker, content = registry.opener()(kid, box)
    except Problem as problem:
        raise Problem("files.sealed") from problem
    with full_disk_is_a_problem():
        target.write_bytes(content)
    Blob.objects.filter(sha256=sha256).update(maker=maker)
    return True
