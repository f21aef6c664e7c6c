"""What was answered: one row for each filled form, kept whole whether it fits or not."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.access.models import Person
from mulian.modules.forms.models.form import Form


class Submission(models.Model):
    """Its id is the id of the command or request that brought it, or made of another app's `instance`.

    `answers`: what its form keeps; of a held one what was sent, and `refused` says why it is held. `files`: file name →
    SHA-256 of what arrived; `expected`: the file names that answers name. The point (degrees, WGS84) is where the form
    was filled in. `ends_at`: when nothing of what somebody passing through told may be kept; then it is over.
    """

    class State(models.TextChoices):
        KEPT = "kept"
        HELD = "held"
        REPLACED = "replaced"
        OVER = "over"

    id = models.UUIDField(primary_key=True)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=12, blank=True)
    subject = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=State.choices)
    answers = models.JSONField()
    refused = models.JSONField(default=dict)
    facts = models.SmallIntegerField(default=0)
    files = models.JSONField(default=dict)
    expected = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    received_at = models.DateTimeField()
    via = models.CharField(max_length=8)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    instance = models.CharField(max_length=120, unique=True)
    body_sha256 = models.CharField(max_length=64)
    ends_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = ScopedManager["Submission"](kind="submission")
    unscoped = UnscopedManager["Submission"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["form", "-received_at"], name="submission_form"),
            models.Index(fields=["household", "-received_at"], name="submission_household"),
            models.Index(
                fields=["ends_at"], condition=models.Q(ends_at__isnull=False), name="submission_ends"
            ),
        ]

    @property
    def missing(self) -> tuple[str, ...]:
        """Files that are named and have not arrived."""
        return tuple(name for name in self.expected if name not in self.files)
