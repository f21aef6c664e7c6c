"""The words of the pages: states, what is asked, roles, places to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mulian.core.access import scope
from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.core.database.vendor import prefix_range
from mulian.core.packs import current
from mulian.kernel.actor import Actor
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.queries.serving import ASKED

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]
TOWNSHIP = 9
SHOWN = {
    "running": _("running"),
    "late": _("with late answers"),
    "done": _("answered by all"),
    "withdrawn": _("withdrawn"),
    "all": _("all"),
}
ASKS = {
    Asks.DONE: _("that it was done"),
    Asks.YES_NO: _("yes or no"),
    Asks.NUMBER: _("a number"),
    Asks.PHOTO: _("a photo"),
    Asks.VOICE: _("a word by voice"),
}
STATES = {
    "answered": (_("answered"), "good", "tick"),
    "not_done": (_("could not be done"), "warn", "cross"),
    "late": (_("late"), "danger", "triangle"),
    "open": (_("open"), "neutral", "ring"),
}


def roles() -> Choices:
    """The roles a task may go to, by the county's titles."""
    return [(role.value, current().title(role, language())) for role in ASKED]


def language() -> str:
    """The page's language."""
    return get_language() or "zh-hans"


def places(actor: Actor, permission: str) -> Groups:
    """County, townships, villages and grid areas within the actor's duties, grouped by township."""
    rows = _inside(actor, permission)
    found = [(area.code, area.name(language()) or gettext("unnamed place"), area.level) for area in rows]
    return [_group(list(rows)) for _, rows in groupby(found, key=lambda row: row[0][:TOWNSHIP])]


def _group(rows: list[tuple[str, str, str]]) -> tuple[str, Choices]:
    """Grid areas carry their village's name, since each village counts them anew."""
    villages = {code: name for code, name, level in rows if level == Level.VILLAGE}
    return rows[0][1], [(code, _beside(villages.get(code[:12], ""), code, name)) for code, name, _ in rows]


def _beside(village: str, code: str, name: str) -> str:
    return f"{village} · {name}" if village and len(code) > 12 else name


def _inside(actor: Actor, permission: str) -> Iterable[Area]:
    reach = [prefix_range(p.area) for p in scope.granting(actor, permission)]
    where = reduce(or_, (Q(code__gte=low, code__lt=high) for low, high in reach), Q(pk__in=[]))
    rows = Area.objects.filter(where, valid_to__isnull=True)
    if any(len(p.area) < TOWNSHIP for p in scope.granting(actor, permission)):
        rows = rows.exclude(level__in=(Level.GRID, Level.COOPERATIVE))
    return rows.order_by("code")
