"""What each household adds to the counts of areas, by days: derived, written again when the household changes."""

from __future__ import annotations

from django.db import models

from mulian.core.database.vendor import CodeField
from mulian.modules.households.models.households import Household


class Counted(models.Model):
    """On the days [since, until) the household counted in the area with so many people, animals and needs.

    Nobody is named and no kind of need is told; a household is read through its own scope, never from here.
    """

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    area = CodeField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True)
    people = models.SmallIntegerField()
    herd = models.IntegerField()
    needs = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["area", "since"], name="counted_area")]
