"""Descriptor: people, duties, rotas, phones."""

from datetime import timedelta

from mulian.core.access.permissions import GRANTS, Permission
from mulian.core.registry import Module, NavItem, Syncable, Timer

MODULE = Module(
    name="access",
    title="People",
    grants=GRANTS,
    navigation=(
        NavItem("People", "/people/", Permission.VIEW, order=60, icon="people"),
        NavItem("Rota", "/people/rota/", Permission.ROTA, order=61, icon="calendar"),
    ),
    syncables=(
        Syncable(
            "me",
            visible="mulian.core.access.syncables.visible_me",
            render="mulian.core.access.syncables.render_me",
            order=0,
            subject="person",
        ),
    ),
    timers=(Timer("access.limits", sweep="mulian.core.access.limits.sweep", every=timedelta(minutes=10)),),
    kinds={"person": "People"},
    web="mulian.core.access.web.urls",
)
