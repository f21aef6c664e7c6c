"""What is known of a household, item by item, with the period in which it held. Thought for three million rows."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.models.households import Household

NOW = models.Q(valid_to__isnull=True)
"""What holds today: nothing is ever told of a day to come. Six in seven rows of a county are past."""


class Telling(models.Model):
    """One act of telling: who wrote it, how it is known, when it was said and when the county took it in.

    It stands apart because one act mostly tells many items: an item's row stays narrow.
    """

    id = models.BigAutoField(primary_key=True)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    source = models.CharField(max_length=6, choices=[(s.value, s.value) for s in Source])


class Item(models.Model):
    """A value that holds during [valid_from, valid_to); it was so still on `as_of`.

    `subject`: the member or camp it is about, null for the household itself. `amount` or `word` as domain/values.py
    keeps them; neither: no longer known. A row never changes but for `valid_to`, which is derived from all rows of
    its item.
    """

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="items", db_index=False)
    subject = models.UUIDField(null=True)
    code = models.CharField(max_length=24)
    amount = models.IntegerField(null=True)
    word = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    as_of = models.DateField()
    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="+", db_index=False)

    unscoped = UnscopedManager["Item"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["household", "code"], name="item_of_household"),
            models.Index(fields=["household", "code", "as_of"], name="item_now", condition=NOW),
            models.Index(fields=["code", "amount", "household"], name="item_now_code", condition=NOW),
        ]
