"""What was said in one language, written in the other, and what may be used again."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.domain.translating import Piece


class Translation(models.Model):
    """One text that needs the other language, until a person has written it and afterwards.

    `source` is where the text stands (a listening item, else the subject itself). `outdated`: the text changed since
    it was translated. Earlier wordings stand in the log. `suggestion` is a machine's and is shown to interpreters
    only; `ask_machine_at` is empty where none may be or need be asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        DONE = "done"

    id = models.UUIDField(primary_key=True)
    subject_kind = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    piece = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Piece])
    source = models.UUIDField()
    language = models.CharField(max_length=8)
    target = models.CharField(max_length=8)
    original = models.TextField()
    text = models.TextField(blank=True)
    outdated = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(null=True)
    versions = models.SmallIntegerField(default=0)
    suggestion = models.TextField(blank=True)
    suggested_by = models.CharField(max_length=60, blank=True)
    ask_machine_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "piece"], name="translation_once"),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="translation_subject"),
            models.Index(
                fields=["-urgent", "due_at"], name="translation_queue", condition=~models.Q(state="done")
            ),
            models.Index(fields=["back_at"], name="translation_back", condition=models.Q(state="claimed")),
            models.Index(
                fields=["ask_machine_at"],
                name="translation_machine",
                condition=models.Q(ask_machine_at__isnull=False),
            ),
        ]


class Segment(models.Model):
    """One sentence of the memory. It goes with the translation it came from, and when an interpreter takes it back."""

    id = models.BigAutoField(primary_key=True)
    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="segments")
    language = models.CharField(max_length=8)
    original = models.TextField()
    text = models.TextField()
    size = models.IntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["language", "size", "-kept_at"], name="segment_like"),
            models.Index(fields=["kept_at"], name="segment_kept"),
        ]


class GlossaryTerm(models.Model):
    """A word an administrator added, changed or (`dropped`) took out; a code of the pack stands for its word."""

    id = models.UUIDField(primary_key=True)
    code = CodeField(max_length=40, unique=True)
    zh = models.CharField(max_length=60)
    bo = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    dropped = models.BooleanField(default=False)
    changed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()
