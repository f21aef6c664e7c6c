"""Descriptor: form programs such as ODK Collect, by OpenRosa 1.0."""

from datetime import timedelta

from mulian.core.access.permissions import Permission
from mulian.core.registry import Module, Offer, Timer

_HERE = "mulian.gateways.openrosa"

MODULE = Module(
    name="openrosa",
    title="Form programs",
    offers=(
        Offer(
            "person",
            "Set up ODK Collect",
            "/people/{id}/collect/",
            Permission.ENROL,
            f"{_HERE}.handlers.offered",
        ),
    ),
    timers=(Timer("openrosa.used", sweep=f"{_HERE}.handlers.sweep_used", every=timedelta(minutes=10)),),
    web=f"{_HERE}.web.urls",
)
