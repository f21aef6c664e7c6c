"""One task, and one row for every person it was given to."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim, Release, State
from mulian.modules.tasks.domain.reminding import Fired


class Task(models.Model):
    """Something people are asked to do or tell, by a time. It counts in the areas it went to (placements).

    `area` is where it was sent, `role` to whom there. `rev` counts what all its phones can see; each person's own
    changes are counted in their assignment. `other_*` are the same words in the other language, by whoever sent it
    or by an interpreter; `reason`: why it was taken back.
    """

    id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    other_language = models.CharField(max_length=8, blank=True)
    other_title = models.CharField(max_length=360, blank=True)
    other_text = models.TextField(blank=True)
    voice = models.CharField(max_length=64, blank=True)
    voice_seconds = models.FloatField(null=True)
    aim = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Aim])
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20)
    asks = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Asks])
    urgent = models.BooleanField(default=False)
    issuer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    issuer_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    other_reason = models.CharField(max_length=900, blank=True)
    rev = models.IntegerField(default=1)

    objects = ScopedManager["Task"](kind="task")
    unscoped = UnscopedManager["Task"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="task_newest"),
            models.Index(
                fields=["due_at"], name="task_living", condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Assignment(models.Model):
    """One person's part of a task: in this grid area or village, perhaps for one household.

    `due_at` is later than the task's for who came late. `next_at`: when a reminder is due.
    """

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.UUIDField(null=True)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    came_later = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in State], default=State.OPEN)
    released_at = models.DateTimeField(null=True)
    released_as = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Release], blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    done = models.BooleanField(null=True)
    yes = models.BooleanField(null=True)
    number = models.FloatField(null=True)
    text = models.TextField(blank=True)
    voice = models.CharField(max_length=64, blank=True)
    voice_seconds = models.FloatField(null=True)
    photos = models.JSONField(default=list)
    fired = models.SmallIntegerField(choices=[(f.value, f.name) for f in Fired], default=Fired.NONE)
    next_at = models.DateTimeField(null=True)
    rev = models.IntegerField(default=1)

    unscoped = UnscopedManager["Assignment"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["task", "area"], name="assignment_task"),
            models.Index(fields=["person", "state"], name="assignment_person"),
            models.Index(
                fields=["next_at", "id"], name="assignment_due", condition=models.Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["household"],
                name="assignment_household",
                condition=models.Q(household__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "person", "area"],
                name="assignment_once_an_area",
                condition=models.Q(household__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["task", "person", "household"],
                name="assignment_once_a_household",
                condition=models.Q(household__isnull=False),
            ),
        ]
