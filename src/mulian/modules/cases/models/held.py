"""Reports of the public page that went over a limit: kept as they came, until an officer decides."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.database.vendor import CodeField


class HeldReport(models.Model):
    """What somebody sent. Its id becomes the case's when an officer takes it in; `because` is the limit it met."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        DROPPED = "dropped"

    class Because(models.TextChoices):
        ADDRESS = "address"
        EVERYBODY = "everybody"
        TRAP = "trap"
        HASTE = "haste"

    id = models.UUIDField(primary_key=True)
    because = models.CharField(max_length=10, choices=Because.choices)
    text = models.TextField(blank=True)
    voice = models.CharField(max_length=64, blank=True)
    voice_seconds = models.FloatField(null=True)
    photos = models.JSONField(default=list)
    hazard = CodeField(max_length=40, blank=True)
    area = CodeField(max_length=30, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    reach = models.CharField(max_length=120, blank=True)
    about_area = CodeField(max_length=30, blank=True)
    language = models.CharField(max_length=8)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], name="held_waiting", condition=models.Q(state="waiting")),
        ]
