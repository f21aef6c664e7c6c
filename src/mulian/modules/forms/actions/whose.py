"""Whose answers they are, and where they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from mulian.core.access import placing, scope
from mulian.kernel.problems import Problem
from mulian.modules.forms.actions.arrival import Arrival
from mulian.modules.forms.domain.definition import About, Definition
from mulian.modules.forms.domain.facts import number
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission
from mulian.modules.households import public as households

KIND = "submission"


def household(arrival: Arrival, form: Definition, kept: Mapping[str, Any]) -> UUID | None:
    """The household the answers speak of; it must be the writer's, now or when it was written. Raises `not_found`."""
    subject = arrival.submission.subject
    if form.about not in (About.HOUSEHOLD, About.MEMBER, About.CAMP):
        return None
    if subject is None:
        return households.numbered(number(form, kept), arrival.actor, arrival.at)
    found = households.holder(households.Of(subject.kind), subject.id) if subject.kind == form.about else None
    if found is None:
        raise Problem("not_found")
    households.require_written(found, arrival.actor, arrival.at, arrival.written)
    return found


def premises(arrival: Arrival, form: Definition) -> str | None:
    """The area of the institution the answers speak of; it must be in the writer's duty, now or when it was written.

    Raises `not_found`.
    """
    subject = arrival.submission.subject
    if form.about != About.INSTITUTION or subject is None:
        return None
    if subject.kind != About.INSTITUTION:
        raise Problem("not_found")
    return households.require_premises(subject.id, arrival.actor, arrival.at, arrival.written)


def place(row: Submission, arrival: Arrival, premises: str | None) -> None:
    """It counts where the family counted when it was written, or where the institution stands; else where its writer
    serves.
    """
    if row.household is not None:
        codes = households.areas_at(row.household, arrival.written) or households.areas_at(
            row.household, arrival.at
        )
    elif premises is not None:
        codes = {"reported": premises}
    else:
        codes = {"reported": scope.granting(arrival.actor, Permission.FILL)[0].area}
    places = [placing.Place(area=code, counts_as=kind) for kind, code in codes.items()]
    placing.place_new(kind=KIND, placed={row.id: places}, at=min(arrival.written, arrival.at))
