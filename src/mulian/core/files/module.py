"""Descriptor: files and their timers."""

from datetime import timedelta

from mulian.core.files.permissions import GRANTS
from mulian.core.registry import Module, Timer

MODULE = Module(
    name="files",
    title="Files",
    grants=GRANTS,
    timers=(
        Timer("files.check", sweep="mulian.core.files.inspection.check_due", every=timedelta(seconds=10)),
        Timer("files.sweep", sweep="mulian.core.files.sweeping.sweep", every=timedelta(hours=6)),
    ),
)
