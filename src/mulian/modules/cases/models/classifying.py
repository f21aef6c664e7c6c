"""What sorts reports by topic: every model that was learnt, which of them is in use, and how good each was."""

from __future__ import annotations

from django.db import models


class Sorter(models.Model):
    """A model learnt from confirmed cases. At most one is in use.

    `figures` are its own on cases no model learnt from, `stood` those of what was in use then (`stood_name`, empty: the
    pack's words alone), both on the same `held_out` cases. `body` is its file; older ones lose it. `judged_at` is null
    while the cases are being learnt from.
    """

    class State(models.TextChoices):
        LEARNING = "learning"
        IN_USE = "in_use"
        REFUSED = "refused"
        RETIRED = "retired"

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=16, blank=True)
    begun_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    learnt_from = models.IntegerField(default=0)
    held_out = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)
    stood = models.JSONField(default=dict)
    stood_name = models.CharField(max_length=60, blank=True)
    body = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], name="sorter_one_in_use", condition=models.Q(state="in_use")
            ),
            models.CheckConstraint(
                condition=~models.Q(state="in_use") | models.Q(body__isnull=False),
                name="sorter_in_use_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["-begun_at"], name="sorter_newest")]

    def __str__(self) -> str:
        return self.name
