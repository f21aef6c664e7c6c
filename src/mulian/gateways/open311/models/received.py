"""What programs handed in."""

from __future__ import annotations

from django.db import models

from mulian.gateways.open311.models.key import Key


class Incoming(models.Model):
    """One request. Its id is the id its case has, or will have. `digest` makes the same request sent again known.

    `form` holds what a request for a batch service said until the worker has made its case, then nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="requests", db_index=False)
    digest = models.CharField(max_length=64)
    service = models.CharField(max_length=60)
    number = models.CharField(max_length=24, blank=True)
    token = models.CharField(max_length=40, null=True, unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    form = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "digest", "-received_at"], name="open311_again"),
            models.Index(fields=["key", "received_at"], name="open311_rate"),
            models.Index(fields=["received_at"], name="open311_waiting", condition=models.Q(state="waiting")),
        ]


class Update(models.Model):
    """One update handed in about a request; `name` is the sender's own id of it, or what it said as a digest."""

    id = models.UUIDField(primary_key=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="updates", db_index=False)
    case = models.UUIDField()
    name = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "case", "name"], name="open311_update_once")]
