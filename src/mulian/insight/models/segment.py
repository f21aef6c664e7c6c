"""One stretch of a case, written from the log (see `domain/stretches.py` for what the columns mean)."""

from __future__ import annotations

from django.db import models

from mulian.core.database.vendor import CodeField


class Segment(models.Model):
    """A row is closed once and then never written again: a trigger refuses it. `id` is that of the event it began with.

    It holds no person, no words and no point; a case is named by its id only, and read through its own scope.
    """

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    number = models.IntegerField()
    pos = models.BigIntegerField()
    received = models.DateTimeField()
    spoken = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    began = models.CharField(max_length=60)
    because = models.CharField(max_length=20, blank=True)
    ended = models.CharField(max_length=60, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10)
    unit = models.UUIDField(null=True)
    level = models.CharField(max_length=12, blank=True)
    area = CodeField(max_length=30)
    topic = CodeField(max_length=60, blank=True)
    kind = models.CharField(max_length=12)
    urgent = models.BooleanField()
    outcome = models.CharField(max_length=20, blank=True)
    joined = models.BooleanField()
    complaint = models.BooleanField()
    contacted = models.BooleanField()
    overdue = models.BooleanField()
    proof = models.CharField(max_length=4, blank=True)
    done = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="segment_once"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until__isnull=True), name="segment_one_open"
            ),
        ]
        indexes = [models.Index(fields=["received", "since", "case"], name="segment_known")]
