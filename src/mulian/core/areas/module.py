"""Descriptor: the tree of places and offices."""

from mulian.core.areas.permissions import GRANTS, Permission
from mulian.core.registry import Module, NavItem

MODULE = Module(
    name="areas",
    title="Places",
    grants=GRANTS,
    navigation=(NavItem("Places", "/areas/", Permission.VIEW, order=70, icon="map"),),
    web="mulian.core.areas.web.urls",
)
