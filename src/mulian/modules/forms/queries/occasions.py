"""What the county declared that people passing through may be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mulian.modules.forms.domain.definition import Choice, Definition
from mulian.modules.forms.domain.passing import purposes
from mulian.modules.forms.models import Occasion


def declared(code: str) -> frozenset[str]:
    """The purposes of a form that are declared now."""
    return declared_of([code]).get(code, frozenset())


def declared_of(codes: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """code → the purposes that are declared now."""
    found: dict[str, frozenset[str]] = {}
    for code, choice in Occasion.objects.filter(code__in=list(codes), ended_at=None).values_list(
        "code", "choice"
    ):
        found[code] = found.get(code, frozenset()) | {choice}
    return found


def turns(codes: Iterable[str]) -> Mapping[str, int]:
    """code → how often something of it was declared or ended: what phones hold of a form changes with it."""
    found: dict[str, int] = {}
    for code, ended in Occasion.objects.filter(code__in=list(codes)).values_list("code", "ended_at"):
        found[code] = found.get(code, 0) + (1 if ended is None else 2)
    return found


@dataclass(frozen=True)
class Standing:
    """A purpose that must be declared, and since when it is; None: it is not."""

    choice: Choice
    since: datetime | None


def standings(form: Definition) -> list[Standing]:
    """Every purpose of a form that must be declared."""
    rows = Occasion.objects.filter(code=form.id, ended_at=None).values_list("choice", "declared_at")
    since = dict(rows)
    return [Standing(choice, since.get(choice.name)) for choice in purposes(form)]
