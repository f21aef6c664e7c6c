"""Purposes of people passing through that the county declared: while one goes on, its form may be filled in for it."""

from __future__ import annotations

from django.db import models


class Occasion(models.Model):
    """One declaration. `choice`: the purpose, as the form `code` names it; `ended_at` is null while it goes on."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40)
    choice = models.CharField(max_length=40)
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "choice"], condition=models.Q(ended_at__isnull=True), name="occasion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.choice}"
