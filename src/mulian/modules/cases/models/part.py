"""A department called into a case: when, by whom, what it answered."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.areas.models import Unit
from mulian.modules.cases.domain.parts import OWED, PartState
from mulian.modules.cases.models.case import Case


class Part(models.Model):
    """One unit's part of a case, with two clocks of its own: to report in, and to answer.

    `looked_at` is up to when its steps were told, `next_at` when the sweep must look again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    whistler = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    caller = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PartState], default=PartState.CALLED
    )
    clock = models.CharField(max_length=20)
    called_at = models.DateTimeField()
    report_allotted = models.DurationField()
    report_due = models.DateTimeField()
    reported_in_at = models.DateTimeField(null=True)
    reported_in_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    allotted = models.DurationField()
    due = models.DateTimeField()
    remind_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    let_go_at = models.DateTimeField(null=True)
    let_go_because = models.TextField(blank=True)
    looked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=models.Q(state__in=sorted(OWED)), name="part_once_owed"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="part_next", condition=models.Q(next_at__isnull=False)),
        ]
