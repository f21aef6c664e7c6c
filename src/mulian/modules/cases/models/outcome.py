"""The registers of what was not simply solved: projects, long work, other addresses."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.domain.outcomes import REGISTERED
from mulian.modules.cases.models.case import Case


class Outcome(models.Model):
    """One entry; a case has at most one that is not done. `told_for` is the review day last reminded of."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in REGISTERED])
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    review_on = models.DateField()
    contractor = models.CharField(max_length=120, blank=True)
    fund = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    address = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    told_for = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    result = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(done_at__isnull=True), name="outcome_one_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"], name="outcome_review", condition=models.Q(done_at__isnull=True)
            ),
        ]
