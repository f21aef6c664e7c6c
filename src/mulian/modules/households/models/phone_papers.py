"""Papers photographed on phones: covered there by hand, looked at again here, waiting for the village's desk."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.models.households import Household


class PhonePaper(models.Model):
    """One picture of a paper, under the id of the command that announced it. Gone once it is confirmed, or at its end.

    `box`: the covered picture, sealed; null until it came. `refused`: the code with which it was turned away, by the
    reader or at the desk; then no picture is kept, and the row asks the family's phones to take it again.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="phone_papers")
    member = models.UUIDField(null=True)
    code = models.CharField(max_length=24)
    by = models.UUIDField()
    taken_at = models.DateTimeField()
    noted_at = models.DateTimeField(db_index=True)
    arrived_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=40, blank=True)
    box = models.BinaryField(null=True)

    unscoped = UnscopedManager["PhonePaper"]()

    class Meta:
        base_manager_name = "unscoped"
