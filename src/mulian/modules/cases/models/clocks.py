"""The clocks of a case: one row per obligation, its pauses, and the steps of its ladder that fired."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.models.case import Case


class Promise(models.Model):
    """One obligation. `next_at` is when the sweep must look again; only running promises have it.

    `version` names the policy it is counted by. `moved_at`: when a changed policy last moved it; `moved_from`: what it
    was due before (null: it was not owed). The canary (no case) belongs to nobody and to no figure.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        MET = "met"
        MISSED = "missed"
        CANCELLED = "cancelled"

    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="promises", db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PromiseKind])
    round = models.SmallIntegerField(default=1)
    policy = models.CharField(max_length=60)
    version = models.CharField(max_length=12, default="")
    clock = models.CharField(max_length=20)
    start = models.DateTimeField()
    allotted = models.DurationField()
    extended = models.DurationField(default=timedelta(0))
    due = models.DateTimeField()
    remind_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    paused = models.DurationField()
    paused_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "round"], name="promise_once"),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(kind=PromiseKind.CANARY.value),
                name="promise_of_a_case",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="promise_next", condition=models.Q(next_at__isnull=False)),
            models.Index(
                fields=["version", "case"],
                name="promise_version",
                condition=models.Q(state__in=["running", "paused"]),
            ),
            models.Index(fields=["start"], name="promise_canary", condition=models.Q(case__isnull=True)),
        ]


class Pause(models.Model):
    """A time in which the case waited, with the reason; clocks are replayed from these rows.

    `stopped`: the work's clock stood still (what was overdue ran on). It ends by itself at `ends_by`; `asked_until`
    is how long it shall last once somebody above agrees.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    stopped = models.BooleanField(default=True)
    code = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ends_by = models.DateTimeField(null=True)
    asked_until = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ends_by"], name="pause_ends", condition=models.Q(ends__isnull=True)),
        ]


class LadderStep(models.Model):
    """One step that fired. The unique key makes it fire once, whoever computes it and however often."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="steps", db_index=False)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=14)
    at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "key"], name="ladder_step_once")]
