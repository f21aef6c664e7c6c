"""What sorts reports, how well, since when: for the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.modules.cases.domain.classifying.contest import ENOUGH_TO_JUDGE, ENOUGH_TO_LEARN, Reason
from mulian.modules.cases.models import Sorter
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import confirmed

SHOWN = 20
FULL = 100
REASONS: Mapping[str, str] = {
    Reason.BETTER: _("better than what sorted before"),
    Reason.FIRST: _("better than the words alone"),
    Reason.TOO_FEW: _("too few cases to judge by"),
    Reason.NOT_BETTER: _("not clearly better"),
    Reason.LESS_PRECISE: _("sent more cases wrongly"),
    "": _("is learning, or was cut off"),
}


@dataclass(frozen=True)
class Told:
    """A model with its figures in per cent (None: not known)."""

    row: Sorter
    reason: str
    own: dict[str, int | None]
    stood: dict[str, int | None]
    may_return: bool


@dataclass(frozen=True)
class Standing:
    """The model in use (None: only the words sort), all others, newest first, and what could be learnt from."""

    in_use: Told | None
    others: list[Told]
    confirmed: int
    enough: int


def standing(actor: Actor) -> Standing:
    """Raises `forbidden` for whoever may not decide about it."""
    scope.require_any(actor, Permission.SORTER)
    kept = set(Sorter.objects.filter(body__isnull=False).values_list("id", flat=True))
    newest = Sorter.objects.defer("body").order_by("-begun_at", "-id")[:SHOWN]
    rows = [_told(row, row.id in kept) for row in newest]
    in_use = next((each for each in rows if each.row.state == Sorter.State.IN_USE), None)
    return Standing(
        in_use=in_use,
        others=[each for each in rows if each is not in_use],
        confirmed=confirmed.number(),
        enough=ENOUGH_TO_LEARN + ENOUGH_TO_JUDGE,
    )


def _told(row: Sorter, kept: bool) -> Told:
    return Told(
        row=row,
        reason=gettext(REASONS.get(row.reason, row.reason)),
        own=_percent(row.figures),
        stood=_percent(row.stood),
        may_return=kept and row.state == Sorter.State.RETIRED,
    )


def _percent(figures: Mapping[str, Any]) -> dict[str, int | None]:
    names = ("macro_f1", "accuracy", "in_two", "sent", "sent_right")
    found = {name: figures.get(name) for name in names}
    return {name: None if value is None else round(float(value) * FULL) for name, value in found.items()}
