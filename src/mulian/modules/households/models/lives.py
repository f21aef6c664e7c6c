"""Events of life as they were told. Who belongs where today stands in `Member`, derived from these rows."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.domain.lives import Life, Why
from mulian.modules.households.models.households import Household, Member


class LifeEvent(models.Model):
    """Something that happened to a household with effect from `at`. A row never changes; it can be taken back.

    `other`: the household it went into (merged), or the new one (split). `why`: why somebody came or went.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="lives")
    other = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Life])
    why = models.CharField(max_length=12, blank=True, choices=[(w.value, w.value) for w in Why if w])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)

    unscoped = UnscopedManager["LifeEvent"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["at", "recorded_at", "id"]


class Belonging(models.Model):
    """From `at` on the member belongs to the household (to none when null), at this place in it.

    The order of ids is the order of telling. Without `event`: where the member belonged before anything was told.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(LifeEvent, null=True, on_delete=models.CASCADE, related_name="belongings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="belongings")
    household = models.ForeignKey(Household, null=True, on_delete=models.CASCADE, related_name="+")
    position = models.SmallIntegerField(default=0)
    relation = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()

    unscoped = UnscopedManager["Belonging"]()

    class Meta:
        base_manager_name = "unscoped"
        ordering = ["id"]
