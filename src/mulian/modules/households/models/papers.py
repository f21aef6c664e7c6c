"""Which papers a family or a member holds. No numbers, no pictures: those are the family's own."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.models.households import Household


class Document(models.Model):
    """A paper as last seen on `seen_on`: held or not, valid to. A later look replaces it and leaves it as history."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="documents")
    member = models.UUIDField(null=True)
    code = models.CharField(max_length=24)
    held = models.BooleanField()
    valid_to = models.DateField(null=True)
    seen_on = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    unscoped = UnscopedManager["Document"]()

    class Meta:
        base_manager_name = "unscoped"
