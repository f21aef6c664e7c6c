"""Cases handed to another system."""

from __future__ import annotations

from django.db import models


class Forward(models.Model):
    """One case on its way to, or in, another system. `due_at` is when it is sent or asked about next.

    sending: not taken there yet; named: taken, its number is still to come (`token`); there: has a number and is
    asked about; over: closed there; refused: the other system said no, a person must look.
    `told`: ids of the updates there that stand in the case's history.
    """

    class State(models.TextChoices):
        SENDING = "sending"
        NAMED = "named"
        THERE = "there"
        OVER = "over"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    system = models.CharField(max_length=40)
    service = models.CharField(max_length=100)
    text = models.TextField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    address = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENDING)
    number = models.CharField(max_length=100, blank=True)
    token = models.CharField(max_length=200, blank=True)
    heard = models.CharField(max_length=64, blank=True)
    told = models.JSONField(default=list)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "system"], name="open311_forward_once")]
        indexes = [
            models.Index(
                fields=["due_at"], name="open311_forward_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    @property
    def turned_away(self) -> bool:
        """Refused before it had a number there: it may go anew, in other words or to another service."""
        return self.state == self.State.REFUSED and not self.number and not self.token
