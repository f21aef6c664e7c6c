"""Words and pictures a person let out."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """What the public list says of one case beyond topic, place and state; taken back by an empty one."""

    case = models.UUIDField(primary_key=True)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    by = models.UUIDField()
    at = models.DateTimeField()
