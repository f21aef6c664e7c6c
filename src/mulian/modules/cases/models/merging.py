"""Two cases joined by a person, with everything needed to take them apart exactly."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.models.case import Case


class Merge(models.Model):
    """`before` holds the values that joining changed, `added` what it added; both serve only to undo it."""

    duplicate = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    before = models.JSONField()
    added = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=models.Q(undone_at__isnull=True), name="merge_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(duplicate=models.F("into")), name="merge_not_into_itself"
            ),
        ]
