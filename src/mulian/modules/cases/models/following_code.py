"""The code somebody without an account follows a report by; only its keyed hash is kept."""

from __future__ import annotations

from django.db import models


class FollowingCode(models.Model):
    """One code a report. `report` is the case's id, or that of a report held back before it became one."""

    report = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
