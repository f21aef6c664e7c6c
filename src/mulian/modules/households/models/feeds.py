"""How each department's feed went last."""

from __future__ import annotations

from django.db import models

from mulian.modules.households.models.importing import Import


class Feed(models.Model):
    """`name` as the settings call it; `digest`: the content last taken, so that the same is not taken twice.

    `problem`: the code of what went wrong, empty when all went right.
    """

    name = models.CharField(max_length=60, primary_key=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    table = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")
