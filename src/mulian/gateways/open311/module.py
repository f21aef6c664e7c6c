"""Descriptor: programs outside, by Open311 GeoReport v2."""

from datetime import timedelta

from mulian.core.registry import Module, NavItem, Offer, Timer
from mulian.gateways.open311.permissions import GRANTS, Permission

_HERE = "mulian.gateways.open311"

MODULE = Module(
    name="open311",
    title="Other systems",
    grants=GRANTS,
    navigation=(
        NavItem("Handed elsewhere", "/elsewhere/", Permission.FORWARD, order=40, icon="external"),
        NavItem("Public words", "/released/", Permission.RELEASE, order=41, icon="speaker"),
        NavItem("Programs", "/programs/", Permission.KEYS, order=65, icon="key"),
    ),
    offers=(
        Offer(
            "case",
            "Hand it to another system",
            "/elsewhere/hand/{id}/",
            Permission.FORWARD,
            f"{_HERE}.queries.systems.any_there",
        ),
    ),
    timers=(
        Timer("open311.waiting", sweep=f"{_HERE}.handlers.take_waiting", every=timedelta(seconds=30)),
        Timer(
            "open311.elsewhere", sweep=f"{_HERE}.handlers.send_due", every=timedelta(seconds=30), outside=True
        ),
        Timer(
            "open311.services",
            sweep=f"{_HERE}.handlers.ask_services",
            every=timedelta(minutes=1),
            outside=True,
        ),
    ),
    kinds={
        "open311_key": "Keys of programs",
        "open311_case": "Words let out",
        "open311_system": "Other systems",
    },
    web=f"{_HERE}.web.urls",
    pack=f"{_HERE}.pack",
    seed=f"{_HERE}.seed.seed",
    seed_order=60,
    demo_facts=f"{_HERE}.seed.demo_facts",
)
