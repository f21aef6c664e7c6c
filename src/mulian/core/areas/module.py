"""Descriptor: the tree of places and offices. Its pages check permissions, so they stand above, in access."""

from mulian.core.areas.permissions import GRANTS, Permission
from mulian.core.registry import Module, NavItem

MODULE = Module(
    name="areas",
    title="Places",
    grants=GRANTS,
    navigation=(NavItem("Places", "/areas/", Permission.VIEW, order=70, icon="map"),),
)
