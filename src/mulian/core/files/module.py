"""Descriptor: files and their timers."""

from datetime import timedelta

from mulian.core.files.permissions import GRANTS
from mulian.core.registry import Module, Retention, Timer

MODULE = Module(
    name="files",
    title="Files",
    grants=GRANTS,
    timers=(
        Timer("files.check", sweep="mulian.core.files.inspection.check_due", every=timedelta(seconds=10)),
        Timer("files.sweep", sweep="mulian.core.files.sweeping.sweep", every=timedelta(hours=6)),
    ),
    retentions=(
        Retention(
            "files.orphans",
            what="Files that nothing shows",
            why="after they came",
            due="mulian.core.files.sweeping.orphans_due",
            sweep="mulian.core.files.sweeping.sweep",
            days=30,
        ),
        Retention(
            "files.transfers",
            what="Files that never came whole",
            why="after they were begun",
            due="mulian.core.files.sweeping.transfers_due",
            sweep="mulian.core.files.sweeping.sweep",
            days=30,
        ),
    ),
)
