"""A visit to a family: the service given, not the household's conduct."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.core.access.models import Person


class Visit(models.Model):
    """Its id is the id of the command or request that recorded it. Read through the household it was paid to.

    The point (degrees, WGS84) belongs to this visit and to nothing else; it is where the family was met.
    """

    id = models.UUIDField(primary_key=True)
    household = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    text = models.TextField(blank=True)
    voice = models.CharField(max_length=64, blank=True)
    voice_seconds = models.FloatField(null=True)
    photos = models.JSONField(default=list)
    needs_case = models.BooleanField(default=False)

    unscoped = UnscopedManager["Visit"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["household", "-at"], name="visit_household")]
