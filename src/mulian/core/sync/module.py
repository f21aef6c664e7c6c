"""Descriptor: the wire between phones and the county."""

from datetime import timedelta

from mulian.core.registry import Module, Timer

MODULE = Module(
    name="sync",
    title="Phones",
    opener="mulian.core.sync.sealing.open_file",
    timers=(
        Timer("sync.unpark", "mulian.core.sync.claiming.unpark", timedelta(seconds=30)),
        Timer("sync.parked", "mulian.core.sync.parking.sweep_parked", timedelta(hours=1)),
        Timer("sync.forget", "mulian.core.sync.forgetting.sweep_commands", timedelta(hours=6)),
        Timer("sync.mark", "mulian.core.sync.epochs.sweep_mark", timedelta(minutes=1)),
    ),
)
