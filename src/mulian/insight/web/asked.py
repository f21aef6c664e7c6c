"""Which figures an address asks for: an area within the reader's duties, a kind of period, one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from mulian.core.access import scope
from mulian.core.areas import queries as areas
from mulian.core.areas.models import Area
from mulian.insight.domain.periods import SHOWN, By, Span, span, spans
from mulian.insight.permissions import Permission
from mulian.insight.queries.counting import Reach
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem


@dataclass(frozen=True)
class Asked:
    """`row`: the periods shown, oldest first; `of`: the one looked at in depth (one of them).

    `unit`: the office whose share of the area it is; None for everybody's.
    """

    area: Area
    unit: UUID | None
    by: By
    row: list[Span]
    of: Span

    @property
    def reach(self) -> Reach:
        return Reach(self.area.code, self.unit)

    def query(self, **changed: str) -> str:
        """The address's query with something else asked."""
        found = {"area": self.area.code, "by": self.by.value, "of": self.of.since.isoformat()} | changed
        return "?" + urlencode({name: value for name, value in found.items() if value})


def asked(query: QueryDict, actor: Actor, now: datetime, permission: str = Permission.VIEW) -> Asked:
    """Raises `not_found` for an area out of reach, an unknown period, or one that has not begun."""
    area = areas.area(query.get("area") or home(actor, permission))
    if area is None:
        raise Problem("not_found")
    unit = scope.unit_within(actor, permission, area.code)
    by = _by(query.get("by", ""))
    today = now.astimezone(CN).date()
    of = span(by, _day(query.get("of", ""), today))
    if of.since > today:
        raise Problem("not_found")
    row = spans(by, today, SHOWN[by])
    return Asked(area, unit, by, row if of in row else spans(by, of.since, SHOWN[by]), of)


def home(actor: Actor, permission: str) -> str:
    """The widest area the actor answers for."""
    found = sorted((p.area for p in scope.granting(actor, permission)), key=lambda code: (len(code), code))
    if not found:
        raise Problem("not_found")
    return found[0]


def reach(actor: Actor, chain: list[Area]) -> list[Area]:
    """Those of an area and all above it that the actor may look at."""
    mine = [p.area for p in scope.granting(actor, Permission.VIEW)]
    return [each for each in chain if any(each.code.startswith(code) for code in mine)]


def _by(word: str) -> By:
    try:
        return By(word or By.MONTH)
    except ValueError:
        raise Problem("not_found") from None


def _day(word: str, today: date) -> date:
    try:
        return date.fromisoformat(word) if word else today
    except ValueError:
        raise Problem("not_found") from None
