"""Places that serve many, and the safety checks made there. Nobody is placed in one: only areas hold people."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.areas.models import Area


class Institution(models.Model):
    """A school, a clinic, a shop: where it is, how many fit in, how to call it. WGS84 degrees.

    It has no members, no leader and nothing of what is thought or believed in it; whoever lives there is a resident
    of the village.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=60)
    name_bo = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    capacity = models.IntegerField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    rev = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager["Institution"](kind="institution")
    unscoped = UnscopedManager["Institution"]()

    class Meta:
        base_manager_name = "unscoped"

    def name(self, language: str) -> str:
        return (self.name_bo if language == "bo" else "") or self.name_zh


class SafetyCheck(models.Model):
    """A look at one thing's safety on a day: sound or not, and what was found. The next is due by the catalogue."""

    id = models.UUIDField(primary_key=True)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=24)
    done_on = models.DateField()
    sound = models.BooleanField()
    found = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["SafetyCheck"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["done_on", "recorded_at", "id"]
