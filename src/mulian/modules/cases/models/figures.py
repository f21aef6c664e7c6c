"""What was published of a month; written once and never again, so that nobody learns by comparing."""

from __future__ import annotations

from django.db import models

from mulian.core.database.vendor import CodeField


class PublishedMonth(models.Model):
    """A month of public figures was made; `since` is its first day. It may have no line at all."""

    since = models.DateField(primary_key=True)
    k = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()


class PublishedFigure(models.Model):
    """One group of at least k families. Empty `topic`: the township's other topics; empty `township`: all the rest."""

    month = models.ForeignKey(PublishedMonth, on_delete=models.PROTECT, related_name="figures")
    township = CodeField(max_length=30, blank=True)
    topic = CodeField(max_length=60, blank=True)
    cases = models.PositiveIntegerField()
    solved_tenths = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "township", "topic"], name="published_once")]
