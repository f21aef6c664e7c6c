"""What families asked of their own record, who answers, what was decided and why; and whose record is restricted."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.core.areas.models import Area
from mulian.modules.households.domain.requests import Kind, State, Steps
from mulian.modules.households.models.households import Household


class Request(models.Model):
    """Asked on `taken_at` by the member `asked_by`, about `member` (None: the household). `area` answers for it.

    `target`: what a correction, a deletion or a withdrawal is about (domain/requests.py); `wanted`: what is right;
    `words`: what else was said. `step`: how far its clock has gone, `next_at`: when it goes on. `done`: what was done,
    in numbers and codes and never in values.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    member = models.UUIDField(null=True)
    target = models.CharField(max_length=80, blank=True)
    wanted = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500, blank=True)
    asked_by = models.UUIDField()
    known_by = models.CharField(max_length=200)
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    near_at = models.DateTimeField()
    due_at = models.DateTimeField()
    over_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    step = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in State], default=State.OPEN)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    done = models.JSONField(default=dict)
    told_by = models.UUIDField(null=True)
    told_at = models.DateTimeField(null=True)
    told_language = models.CharField(max_length=8, blank=True)

    unscoped = UnscopedManager["Request"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["area", "state"], name="request_area"),
            models.Index(fields=["next_at"], name="request_due", condition=models.Q(next_at__isnull=False)),
        ]

    @property
    def steps(self) -> Steps:
        return Steps(self.near_at, self.due_at, self.over_at)


class Restriction(models.Model):
    """Since when a household's record is used only where a duty needs it; `until`: it was lifted."""

    id = models.BigAutoField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="restrictions")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    unscoped = UnscopedManager["Restriction"]()

    class Meta:
        base_manager_name = "unscoped"
