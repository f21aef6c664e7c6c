"""The doors a case may have come in by, in words (gettext source strings)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

DOORS: Mapping[str, str] = {
    "call": _("By telephone"),
    "walk_in": _("At the desk"),
    "letter": _("By letter"),
    "console": _("My own report"),
    "email": _("By e-mail"),
    "public": _("From the public page"),
}
"""Reports of phones and programs say nothing here: those are the ordinary way."""


def came_by(door: str) -> str:
    """The door in the reader's language; empty for the ordinary way and for one's own report."""
    return gettext(DOORS[door]) if door in DOORS and door != "console" else ""
