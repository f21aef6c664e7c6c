"""Who read what is kept of a household. The family may ask for it at the village's desk."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.domain.readings import Way
from mulian.modules.households.models.households import Household


class Reading(models.Model):
    """One person's readings of one household in one way on one day (China), and for what, where a purpose was asked.

    The first of a day also stands in the log, so that none can be taken out without being seen.
    """

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    person = models.UUIDField()
    way = models.CharField(max_length=8, choices=[(way.value, way.value) for way in Way])
    why = models.CharField(max_length=200, blank=True)
    first_at = models.DateTimeField()
    times = models.IntegerField(default=1)

    unscoped = UnscopedManager["Reading"]()

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(
                fields=["household", "on", "person", "way", "why"], name="households_read_once_a_day"
            )
        ]
