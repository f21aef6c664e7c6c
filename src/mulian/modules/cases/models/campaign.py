"""Campaigns and the banks of problems they fill."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.access.models import Person
from mulian.core.areas.models import Area
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.domain.campaigns import How
from mulian.modules.cases.models.case import Case


class Campaign(models.Model):
    """A sweep of an area from one day to another. `classes`: topic codes; `lookers`: roles that look on the ground.

    Whoever serves a part of the area sees it (it is placed there), so that progress is everybody's.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    classes = models.JSONField()
    lookers = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    report = models.TextField(blank=True)
    rev = models.IntegerField(default=1)

    objects = ScopedManager["Campaign"](kind="campaign")
    unscoped = UnscopedManager["Campaign"]()

    class Meta:
        base_manager_name = "unscoped"

    def __str__(self) -> str:
        return self.name


class BankEntry(models.Model):
    """One problem of a bank: a case, its class, the leader in charge and the day it should be done."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="bank_entry")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="bank")
    matter = CodeField(max_length=60, blank=True)
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    target_on = models.DateField()
    how = models.CharField(max_length=8, choices=[(each.value, each.value) for each in How])
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
