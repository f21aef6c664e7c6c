"""What families answered goes with their record (PIPL Article 47)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mulian.modules.forms.actions.emptying import empty
from mulian.modules.forms.models import Submission

WHY = "the family's record was deleted"


@transaction.atomic
def erase_answers(*, household: UUID, member: UUID | None) -> int:
    """Empties what was answered about a family, or about one of it; how many forms that were.

    The register holds what a duty keeps.
    """
    about = Q(subject=member) if member else Q(household=household) | Q(subject=household)
    return empty(list(Submission.unscoped.because(WHY).filter(about).values_list("id", flat=True)))
