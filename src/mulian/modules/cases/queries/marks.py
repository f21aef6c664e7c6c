"""What lists say of a case beside its state: urged, supervised, waiting for a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from mulian.modules.cases.domain.extending import Asked
from mulian.modules.cases.domain.supervising import OPEN
from mulian.modules.cases.models import Extension, Pause, Supervision, Urging

SUPERVISED, URGED, TO_DECIDE = "supervised", "urged", "to_decide"


def marks(cases: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The marks of each case that has any, the gravest first; four statements for any number of cases."""
    ids = list(cases)
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for case in _once(
        Supervision.objects.filter(case__in=ids, stage__in=OPEN).values_list("case", flat=True)
    ):
        found[case].append(SUPERVISED)
    for case in _once(
        Urging.objects.filter(case__in=ids, case__closed_at=None).values_list("case", flat=True)
    ):
        found[case].append(URGED)
    asked = Extension.objects.filter(promise__case__in=ids, state=Asked.ASKED)
    longer = Pause.objects.filter(
        case__in=ids, ends__isnull=True, asked_until__isnull=False, decided_at__isnull=True
    )
    both = [*asked.values_list("promise__case", flat=True), *longer.values_list("case", flat=True)]
    for case in _once(both):
        found[case].append(TO_DECIDE)
    return found


def _once(ids: Iterable[UUID | None]) -> list[UUID]:
    return [each for each in dict.fromkeys(ids) if each]
