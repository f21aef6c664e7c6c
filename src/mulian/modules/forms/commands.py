"""`mulian form publish FILE…`: plain lines, exit code 0 when every form is offered."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from mulian.core.files.shelving import NotShelved, shelve
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.publishing import draft, publish
from mulian.modules.forms.actions.sources import Source, read
from mulian.modules.forms.domain.xlsform.faults import NotAForm
from mulian.modules.forms.domain.xlsform.media import named_files


def publish_command(options: argparse.Namespace) -> int:
    """Publishes XLSForms (.xlsx, .md), or only checks them. 1 when one is not right; the others are published.

    `media` is a folder with the pictures and sounds that their labels name; each form takes those it names.
    """
    return max([_one(path, options.media, options.check) for path in options.files], default=0)


def _one(path: Path, folder: Path | None, check: bool) -> int:
    try:
        source = _source(path, folder)
        if check:
            form = draft(source).form
            print(f"{path.name}: {form.id} {form.version}: all right")
        else:
            row = publish(source=source, actor=SYSTEM, at=clock.now())
            print(f"{path.name}: {row.code} {row.version} is offered, {row.questions} questions")
    except OSError as wrong:
        print(f"{path}: {wrong.strerror}")
        return 1
    except NotShelved as wrong:
        print(f"{wrong.name or folder}: {wrong.title} {wrong.meaning.next_step}")
        return 1
    except NotAForm as found:
        print(*(f"{path.name}: {each.title} {each.meaning.next_step}" for each in found.faults), sep="\n")
        return 1
    except Problem as problem:
        print(f"{path.name}: {problem.title} {problem.meaning.next_step}")
        return 1
    return 0


def _source(path: Path, folder: Path | None) -> Source:
    source = Source(path.name, path.read_bytes())
    if folder is None:
        return source
    there = [folder / name for name in named_files(read(source)) if (folder / name).is_file()]
    kept = shelve([(each.name, each.read_bytes()) for each in there], at=clock.now())
    return replace(source, media={each.name: each for each in kept})
