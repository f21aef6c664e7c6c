"""Descriptor: what phones say aloud."""

from mulian.core.registry import Module, NavItem
from mulian.modules.phrases.permissions import GRANTS, Permission

_HERE = "mulian.modules.phrases"

MODULE = Module(
    name="phrases",
    title="Spoken labels",
    grants=GRANTS,
    navigation=(NavItem("Spoken labels", "/phrases/", Permission.RECORD, order=70, icon="speaker"),),
    kinds={"phrase": "Spoken labels"},
    web=f"{_HERE}.web.urls",
    pack=f"{_HERE}.pack",
    seed=f"{_HERE}.seed.seed",
    seed_order=90,
)
