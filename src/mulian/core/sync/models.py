"""Commands from phones: accepted durably first (intake), then applied; and what the main file knows of them."""

from __future__ import annotations

from django.db import models


class Command(models.Model):
    """One command as it came, byte for byte. On SQLite this table is a file of its own."""

    class State(models.TextChoices):
        RECEIVED = "received"
        PARKED = "parked"
        APPLIED = "applied"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True)
    device = models.UUIDField()
    carrier = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    seq = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=40)
    v = models.SmallIntegerField(default=1)
    after = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    code = models.CharField(max_length=60, blank=True)
    refs = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    seen_by = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-urgent", "id"], name="command_waiting", condition=models.Q(state="received")
            ),
            models.Index(fields=["id"], name="command_parked", condition=models.Q(state="parked")),
            models.Index(fields=["received_at"], name="command_refused", condition=models.Q(state="refused")),
            models.Index(fields=["device", "id"], name="command_device"),
        ]


class Applied(models.Model):
    """Written with a command's effect: the same id can never have a second one."""

    id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=8)
    code = models.CharField(max_length=60, blank=True)
    refs = models.JSONField(default=dict)
    at = models.DateTimeField()
    device = models.UUIDField(null=True)
    told_by = models.UUIDField(null=True)
    """Subject of the event that tells the phone."""

    class Meta:
        indexes = [
            models.Index(
                fields=["told_by", "device"], name="applied_late", condition=models.Q(told_by__isnull=False)
            )
        ]


class Heartbeat(models.Model):
    """When a phone last spoke and how many items it said it still holds."""

    device = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    at = models.DateTimeField()
    skew_seconds = models.IntegerField(default=0)
    unsent = models.IntegerField(default=0)


class Silence(models.Model):
    """A phone the village was told about because it fell silent; the row goes when the phone speaks again."""

    device = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    since = models.DateTimeField()
    unsent = models.IntegerField(default=0)
    told_at = models.DateTimeField()


class ServerKey(models.Model):
    """A key pair that phones seal finished reports to (P-256). Old ones stay to open what is on its way."""

    kid = models.CharField(primary_key=True, max_length=16)
    private_pem = models.TextField()
    public_jwk = models.JSONField()
    created_at = models.DateTimeField()
