"""Descriptor: notices and their upkeep; sending itself is a loop of the worker."""

from datetime import timedelta

from mulian.core.registry import Module, Timer

MODULE = Module(
    name="notify",
    title="Notices",
    timers=(Timer("notify.sweep", sweep="mulian.core.notify.actions.sweep", every=timedelta(days=1)),),
)
