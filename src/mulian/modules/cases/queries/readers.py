"""Which languages those read who need a text of a case."""

from __future__ import annotations

from mulian.core.access.models import Person
from mulian.kernel.actor import PUBLIC
from mulian.modules.cases.models import Case, Receiver


def offices(case: Case) -> set[str]:
    """Of everybody the case is with now."""
    rows = Receiver.objects.filter(case=case, until__isnull=True, person__isnull=False)
    found = set(rows.values_list("person__language", flat=True))
    if case.responsible_person_id:
        found |= set(Person.objects.filter(id=case.responsible_person_id).values_list("language", flat=True))
    return found


def families(case: Case) -> set[str]:
    """Of whoever brings the answer: the liaisons who reported it (or the same); of a visitor, the report's own."""
    rows = Case.unscoped.because("everybody who reported it is answered").filter(same_as=case)
    told = {case.reporter_id, *rows.values_list("reporter_id", flat=True)}
    found = set(Person.objects.filter(id__in=told - {PUBLIC}).values_list("language", flat=True))
    return found | ({case.language} if PUBLIC in told and case.language else set())
