"""Policies that promises were counted by, and the plannings that moved promises from one to the next."""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    """Rules, calendars and shares under the name their content gives; kept as long as promises name it."""

    name = models.CharField(max_length=12, primary_key=True)
    content = models.JSONField()
    since = models.DateTimeField()


class Replanning(models.Model):
    """A decision to count all running promises by the policy `version`; what is left is found, not remembered.

    The figures grow with every part that is done, in the same transaction.
    """

    id = models.UUIDField(primary_key=True)
    version = models.CharField(max_length=12)
    by = models.UUIDField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    promises = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    now_overdue = models.IntegerField(default=0)
    no_longer_overdue = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)
    added = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("version"), condition=models.Q(done_at__isnull=True), name="replanning_once"
            )
        ]
