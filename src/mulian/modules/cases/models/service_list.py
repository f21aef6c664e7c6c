"""A list one department keeps for one purpose, until a day; then its families are swept."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.domain.purposes import Mark


class ServiceList(models.Model):
    """Nobody but the owning `unit` reads it. After `until` it cannot be read; `swept_at`: its families are gone.

    `fact` and `said` are the register's words that chose the families; empty where somebody wrote the numbers. `totals`
    are kept after the sweep: how many stood where, and no family.
    """

    id = models.UUIDField(primary_key=True)
    purpose = CodeField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=300, blank=True)
    fact = CodeField(max_length=60, blank=True)
    said = models.BooleanField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict)
    rev = models.IntegerField(default=1)

    unscoped = UnscopedManager["ServiceList"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["until"], name="list_until", condition=models.Q(swept_at__isnull=True)),
        ]


class ListedFamily(models.Model):
    """One family on a list, perhaps for one member, and what its liaison said."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(ServiceList, on_delete=models.CASCADE, related_name="families", db_index=False)
    household = models.UUIDField()
    member = models.UUIDField(null=True)
    mark = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Mark], default=Mark.OPEN)
    why = models.CharField(max_length=300, blank=True)
    marked_at = models.DateTimeField(null=True)
    marked_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    unscoped = UnscopedManager["ListedFamily"]()

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["list", "household", "member"], name="listed_member_once"),
            models.UniqueConstraint(
                fields=["list", "household"],
                condition=models.Q(member__isnull=True),
                name="listed_family_once",
            ),
        ]
        indexes = [models.Index(fields=["household"], name="listed_household")]
