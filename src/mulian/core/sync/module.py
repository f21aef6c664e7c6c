"""Descriptor: the wire between phones and the county."""

from datetime import timedelta

from mulian.core.registry import Module, Retention, Timer

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
    retentions=(
        Retention(
            "sync.applied",
            what="What phones sent",
            why="after it was applied",
            due="mulian.core.sync.forgetting.applied_due",
            sweep="mulian.core.sync.forgetting.sweep_commands",
            days=35,
        ),
        Retention(
            "sync.refused",
            what="What phones sent and was refused",
            why="after an officer looked at it",
            due="mulian.core.sync.forgetting.refused_due",
            sweep="mulian.core.sync.forgetting.sweep_commands",
            days=30,
        ),
    ),
)
