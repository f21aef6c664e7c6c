"""Letters of the mailbox that were read: each Message-ID once."""

from __future__ import annotations

from django.db import models


class Letter(models.Model):
    """`digest` is of the Message-ID and, where it has none, of its bytes; `report` the case made of it, if one was."""

    digest = models.CharField(max_length=64, primary_key=True)
    report = models.UUIDField(null=True)
    verdict = models.CharField(max_length=12)
    read_at = models.DateTimeField()
