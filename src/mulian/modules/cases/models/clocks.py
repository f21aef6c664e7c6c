"""The clocks of a case: one row per obligation, its pauses, and the steps of its ladder that fired."""

from __future__ import annotations

from django.db import models

from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.models.case import Case


class Promise(models.Model):
    """One obligation. `next_at` is when the sweep must look again; only running promises have it."""

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        MET = "met"
        MISSED = "missed"
        CANCELLED = "cancelled"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises", db_index=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PromiseKind])
    policy = models.CharField(max_length=60)
    clock = models.CharField(max_length=20)
    start = models.DateTimeField()
    allotted = models.DurationField()
    due = models.DateTimeField()
    remind_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    paused = models.DurationField()
    paused_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="promise_once")]
        indexes = [
            models.Index(fields=["next_at"], name="promise_next", condition=models.Q(next_at__isnull=False)),
        ]


class Pause(models.Model):
    """A time in which the case waited, with the reason; clocks are replayed from these rows."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)


class LadderStep(models.Model):
    """One step that fired. The unique key makes it fire once, whoever computes it and however often."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="steps", db_index=False)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=14)
    at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "key"], name="ladder_step_once")]
