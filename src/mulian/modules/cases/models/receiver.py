"""Who has a case, in which standing, why, from when until when."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.modules.cases.domain.receivers import Reason, Standing
from mulian.modules.cases.models.case import Case


class Receiver(models.Model):
    """One standing of one unit or person; a change closes the row and opens the next. `key` names who it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receivers")
    key = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, blank=True)
    standing = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Standing])
    reason = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Reason])
    params = models.JSONField(default=dict)
    deputises_for = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=models.Q(until__isnull=True), name="receiver_once"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(until__isnull=True, standing="responsible"),
                name="receiver_one_responsible",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="receiver_person", condition=models.Q(until__isnull=True))
        ]
