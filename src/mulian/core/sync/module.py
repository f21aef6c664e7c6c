"""Descriptor: the wire between phones and the county."""

from datetime import timedelta

from mulian.core.registry import Module, Timer

MODULE = Module(
    name="sync",
    title="Phones",
    timers=(
        Timer("sync.unpark", "mulian.core.sync.applying.unpark", timedelta(seconds=30)),
        Timer("sync.mark", "mulian.core.sync.epochs.sweep_mark", timedelta(minutes=1)),
    ),
)
