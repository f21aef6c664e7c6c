"""What families answered goes with their record (PIPL Article 47)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mulian.core.events.chain import erase_about
from mulian.core.files.actions import detach
from mulian.modules.forms.models import Submission

WHY = "the family's record was deleted"


@transaction.atomic
def erase_answers(*, household: UUID, member: UUID | None) -> int:
    """Empties what was answered about a family, or about one of it; how many forms that were.

    The register holds what a duty keeps. The row stays without answers, files or point, so that a phone that sends
    the form again does not bring it back.
    """
    about = Q(subject=member) if member else Q(household=household) | Q(subject=household)
    ids = list(Submission.unscoped.because(WHY).filter(about).values_list("id", flat=True))
    for id in ids:
        detach(subject_kind="submission", subject_id=id)
        erase_about("submission", id)
    rows = Submission.unscoped.because(WHY).filter(id__in=ids)
    return rows.update(answers={}, refused={}, files={}, expected=[], lat=None, lon=None)
