"""`mulian pack check [NAME…]`, `new CODE`, `preview [NAME]`, `apply`: plain lines, exit code 0 when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mulian.core.packs.checking import check, module_parts, notes, run_tests
from mulian.core.packs.finding import BrokenPack, current, load, names
from mulian.core.packs.making import new
from mulian.core.packs.pack import Pack
from mulian.core.packs.writing import tibetan
from mulian.kernel import clock


def check_command(packs: Sequence[str]) -> int:
    """Checks the named packs (none: all of the packs folder) and runs their tests. 1 when one has a fault."""
    return max([_check_one(name) for name in packs or names()], default=0)


def new_command(code: str, out: str | Path | None) -> int:
    """Makes a pack for a county in the folder `out` (default: the current one) and checks it at once."""
    try:
        made = new(code, Path(out or "."))
    except BrokenPack as wrong:
        print(wrong)
        return 1
    print(f"made {made}")
    return _check_one(str(made.resolve()))


def _check_one(name: str) -> int:
    try:
        pack = load(name)
    except BrokenPack as wrong:
        print(f"{name}: {wrong}")
        return 1
    faults = check(pack) or run_tests(pack)
    for fault in faults:
        print(f"{pack.slug}: {fault}")
    for note in notes(pack, clock.now()):
        print(f"{pack.slug}: note: {note}")
    print(f"{pack.slug}: {summary(pack)}; {f'{len(faults)} faults' if faults else 'all right'}")
    return 1 if faults else 0


def preview_command(name: str | None) -> int:
    """What this installation's promises, and whatever else modules plan by the pack, would become under it."""
    try:
        pack = load(name) if name else current()
    except BrokenPack as wrong:
        print(wrong)
        return 1
    if faults := check(pack):
        print(*(f"{pack.slug}: {fault}" for fault in faults), sep="\n")
        return 1
    for part in module_parts():
        for line in part.preview(pack, clock.now()) if hasattr(part, "preview") else ():
            print(f"{pack.slug}: {line}")
    return 0


def apply_command() -> int:
    """Decides what the preview showed for the pack in force; the worker does it, part by part."""
    for part in module_parts():
        for line in part.apply(clock.now()) if hasattr(part, "apply") else ():
            print(line)
    return 0


def summary(pack: Pack) -> str:
    """How much is in it, and how much of its Tibetan no native speaker has passed."""
    written = {text for table in pack.tables.values() for _, text in tibetan(table)}
    drafts = sum(map(pack.is_draft, written))
    topics, rows = pack.rows("topics", "topic"), pack.rows("tests", "case")
    villages = sum(area.level == "village" for area in pack.areas)
    return (
        f"{villages} villages and communities, {len(pack.units)} units, {len(topics)} topics, "
        f"{len(rows)} tests, "
        f"{drafts} of {len(written)} Tibetan strings are drafts"
    )
