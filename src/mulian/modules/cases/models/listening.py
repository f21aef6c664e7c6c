"""The listening desk: voices that wait for a person who understands them."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.modules.cases.models.case import Case


class ListeningItem(models.Model):
    """One voice without words: a report, or a word on its answer. `asked` is whose turn it is until `due_at`."""

    class About(models.TextChoices):
        REPORT = "report"
        FEEDBACK = "feedback"

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        DONE = "done"

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="listening")
    about = models.CharField(max_length=8, choices=About.choices, default=About.REPORT)
    language = models.CharField(max_length=8, blank=True)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    passed = models.JSONField(default=list)
    claimed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    listener = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    transcript = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    suggested_by = models.CharField(max_length=60, blank=True)
    ask_machine_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "about"], condition=~models.Q(state="done"), name="listening_open_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "created_at"], name="listening_queue", condition=~models.Q(state="done")
            ),
            models.Index(fields=["due_at"], name="listening_due", condition=~models.Q(state="done")),
            models.Index(
                fields=["ask_machine_at"],
                name="listening_machine",
                condition=models.Q(ask_machine_at__isnull=False),
            ),
        ]
