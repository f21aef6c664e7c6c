"""Descriptor: notices and their upkeep; sending itself is a loop of the worker."""

from datetime import timedelta

from mulian.core.registry import Module, Retention, Timer

MODULE = Module(
    name="notify",
    title="Notices",
    timers=(Timer("notify.sweep", sweep="mulian.core.notify.actions.sweep", every=timedelta(days=1)),),
    retentions=(
        Retention(
            "notify.notices",
            what="Notices",
            why="after they were written",
            due="mulian.core.notify.actions.due",
            sweep="mulian.core.notify.actions.sweep",
            days=400,
        ),
    ),
)
