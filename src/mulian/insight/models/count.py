"""The figures of one period, as they were counted."""

from __future__ import annotations

from django.db import models

from mulian.core.database.vendor import CodeField


class Count(models.Model):
    """Figures of [since, until) for an area, and for each department of its own (`unit`; all zeros: everybody's).

    Kept so that nobody counts them again; stretches stay the source. `upto`: when they were counted, the moment the
    period settled for those that never change. The installation's highest area has a row for every kept period.
    """

    since = models.DateField()
    until = models.DateField()
    area = CodeField(max_length=30)
    unit = models.UUIDField()
    upto = models.DateTimeField()
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "unit", "since", "until"], name="count_once"),
        ]
        indexes = [models.Index(fields=["since", "until"], name="count_period")]
