"""What an SMS says: that something waits, and a case number. An SMS passes through many hands, so never a
name, a place or a word of what was reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext, ngettext

from mulian.core.notify.models import Notice

_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{2,23}")


def sms_text(notices: Sequence[Notice], language: str) -> str:
    """The text for one or more notices to one person, in their language."""
    with translation.override(language):
        if len(notices) > 1:
            many = ngettext(
                "Mulian: %(count)d matter waits for you. Open Mulian.",
                "Mulian: %(count)d matters wait for you. Open Mulian.",
                len(notices),
            )
            return many % {"count": len(notices)}
        return _single(notices[0])


def _single(notice: Notice) -> str:
    number = _number(notice)
    if notice.urgent and number:
        return gettext("Mulian: urgent case %(number)s. Open Mulian.") % {"number": number}
    if notice.urgent:
        return gettext("Mulian: something urgent waits for you. Open Mulian.")
    if number:
        return gettext("Mulian: case %(number)s waits for you. Open Mulian.") % {"number": number}
    return gettext("Mulian: something waits for you. Open Mulian.")


def _number(notice: Notice) -> str:
    """Only what looks like a case number; whatever else a caller put there stays out."""
    value = str(notice.params.get("number", ""))
    return value if _NUMBER.fullmatch(value) else ""
