"""Brings the tables of every database to what this version of the program expects."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

THE_INTAKES = "sync"
"""The one app with a table in the intake's own file (`core.sync.router`)."""


def migrate() -> None:
    """Makes the tables of an empty database, or applies what is new; does nothing where nothing is.

    To the intake's file the other apps' changes are only noted, for they leave nothing there: going through them
    would take as long as making the main database.
    """
    _apply("default")
    if settings.INTAKE != "default":
        _apply(settings.INTAKE, THE_INTAKES)
        _apply(settings.INTAKE, fake=True)


def _apply(alias: str, *apps: str, fake: bool = False) -> None:
    call_command("migrate", *apps, database=alias, fake=fake, verbosity=0, interactive=False)
