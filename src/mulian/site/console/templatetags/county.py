"""`{% load county %}`: the county's own titles, from its pack."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from mulian.core.packs import current

register = template.Library()
ABOVE = {"province": _("Province"), "prefecture": _("Autonomous prefecture")}
"""Levels above the county, which no county names."""


@register.filter
def role_title(role: str) -> str:
    """What the county calls a role (联户员, 牧长, 网格员)."""
    return current().title(str(role), get_language() or "zh-hans")


@register.filter
def level_title(level: str) -> str:
    """What the county calls a level of its tree; what lies above it has its common name."""
    if level in ABOVE:
        return gettext(ABOVE[level])
    return current().level_title(str(level), get_language() or "zh-hans")
