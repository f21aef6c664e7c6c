"""A mass event: one hazard or broken service that many reported, with the cases that tell of it."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.areas.models import Area
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.models.case import Case


class MassEvent(models.Model):
    """`matter` is the code of a hazard or, without `hazard`, of a topic; `area` the township. One is open at a time."""

    id = models.UUIDField(primary_key=True)
    matter = CodeField(max_length=60)
    hazard = models.BooleanField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "hazard", "area"],
                condition=models.Q(ended_at__isnull=True),
                name="mass_one_open",
            ),
        ]


class MassReport(models.Model):
    """A case that tells of the event; the case itself goes its own way."""

    event = models.ForeignKey(MassEvent, on_delete=models.PROTECT, related_name="reports")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="mass_report")
    linked_at = models.DateTimeField()
