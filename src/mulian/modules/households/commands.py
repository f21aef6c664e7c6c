"""`mulian import` and `mulian export`: the ways of the console, for whoever keeps the server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from mulian.core.access import actors
from mulian.core.access.models import Person
from mulian.core.areas.queries import root
from mulian.core.registry import resolve, timers
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions import exporting, feeding, importing
from mulian.modules.households.actions.importing import mapping
from mulian.modules.households.actions.importing.comparing import compare
from mulian.modules.households.actions.importing.sweeping import work_on
from mulian.modules.households.models import Export, Import, ImportLine
from mulian.modules.households.queries import importing as queries

register("households.no_person", 404, "Nobody here has this user name.", "Look at it again.")
register("households.no_file", 404, "The file cannot be read.", "Check its name and whether you may read it.")
register(
    "households.file_and_words",
    422,
    "A file needs who gave it and what it is for.",
    "Name both, or a feed.",
)


def import_command(options: argparse.Namespace) -> int:
    """Takes a file or a feed; with `--apply` writes it where nothing is doubtful. Prints what was found."""
    now = clock.now()
    if options.feed:
        row = feeding.take_feed(feeding.feed_named(options.feed), now)
        if row is None:
            print(f"{options.feed}: nothing new")
            return 0
    else:
        row = _file(options)
    if row.state == Import.State.MAPPING:
        importing.map_columns(table=row.id, mapping=mapping.suggested(row), actor=SYSTEM, at=now)
        row.refresh_from_db()
        compare(row, now)
    row.refresh_from_db()
    if options.apply and row.state == Import.State.LOOKING:
        _apply(row)
    row.refresh_from_db()
    print(f"{row.id} {row.state}: " + ", ".join(f"{n} {state}" for state, n in sorted(row.counts.items())))
    for _, _, title, word in row.refused:
        print(f"never read: {title} ({word})", file=sys.stderr)
    return 0


def _file(options: argparse.Namespace) -> Import:
    if not options.file or not options.source or not options.purpose:
        raise Problem("households.file_and_words")
    county = root()
    about = importing.Bringing(
        area=options.area or (county.code if county else ""),
        source=options.source,
        purpose=options.purpose,
        file_name=Path(options.file).name,
    )
    try:
        with open(options.file, "rb") as file:
            return importing.take_table(id=uuid7(), file=file, about=about, actor=SYSTEM, at=clock.now())
    except OSError:
        raise Problem("households.no_file") from None


def _apply(row: Import) -> None:
    """To the end, for there may be no worker; doubtful families stay for a person in the console."""
    if queries.heads(row).filter(state=ImportLine.State.DOUBTFUL).exists():
        raise Problem("households.import_undecided")
    importing.apply_table(table=row.id, actor=SYSTEM, at=clock.now())
    while Import.objects.filter(id=row.id, state=Import.State.APPLYING).exists():
        work_on(clock.now())


def export_command(options: argparse.Namespace) -> int:
    """As a person with the duty: few households at once, many when a second person has allowed it (`--take`)."""
    actor, now = _person(options.by), clock.now()
    if options.take:
        id = UUID(options.take)
    else:
        asked = exporting.ask_export(
            id=uuid7(),
            area=options.area or actor.postings[0].area,
            purpose=options.purpose,
            items=options.items.split(",") if options.items else [],
            people=options.people,
            form=Export.Form.CSV if options.out.endswith(".csv") else Export.Form.XLSX,
            days=1,
            actor=actor,
            at=now,
        )
        id = asked.id
        if asked.state == Export.State.ASKED:
            print(f"{id}: {asked.households} households; a second person decides, then use --take {id}")
            return 0
    _sweep("households.exports")(now)
    _, content = exporting.take_export(export=id, actor=actor, at=now)
    Path(options.out).write_bytes(content)
    print(f"{id}: {options.out}")
    return 0


def _sweep(timer: str) -> Callable[[datetime], int]:
    """What the worker would do next; there may be none while a command has the folder."""
    return resolve(next(one.sweep for one in timers() if one.name == timer))


def _person(username: str) -> Actor:
    person = Person.objects.filter(username=username, is_active=True).first()
    actor = actors.actor_of(person.id, clock.now()) if person else None
    if actor is None or not actor.postings:
        raise Problem("households.no_person")
    return actor
