"""Tables that were brought: each as a whole, and line by line until it is settled and forgotten."""

from __future__ import annotations

from django.db import models

from mulian.core.areas.models import Area
from mulian.modules.households.domain.catalogue import Source


class Import(models.Model):
    """One table. `by`: the person, null for a department's feed; `source`: who gave it, and what headings are
    remembered by; `mapping`: column → meaning; `refused`: headings that were not read; `counts`: families by state.
    """

    class State(models.TextChoices):
        MAPPING = "mapping"
        COMPARING = "comparing"
        LOOKING = "looking"
        APPLYING = "applying"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField(null=True)
    source = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    known_by = models.CharField(max_length=6, choices=[(s.value, s.value) for s in Source])
    as_of = models.DateField()
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    sheets = models.JSONField(default=list)
    sheet = models.SmallIntegerField(default=0)
    first = models.IntegerField(default=0)
    last = models.IntegerField(default=0)
    mapping = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state"], name="import_state")]


class ImportLine(models.Model):
    """A line of a table. `family`: the number of the first line of its family, which carries the family's state.

    `change`: before and after, as shown; `undo`: what takes the import back exactly. `likest`: pairs of household and
    weight. `answer`: what a person decided of a doubtful one.
    """

    class State(models.TextChoices):
        READ = "read"
        PART = "part"
        NEW = "new"
        KNOWN = "known"
        CHANGED = "changed"
        DOUBTFUL = "doubtful"
        WRONG = "wrong"
        LEFT = "left"
        APPLIED = "applied"
        UNDONE = "undone"
        STAYED = "stayed"

    class Answer(models.TextChoices):
        SAME = "same"
        NEW = "new"
        LEAVE = "leave"

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    sheet = models.SmallIntegerField()
    number = models.IntegerField()
    cells = models.JSONField()
    family = models.IntegerField(null=True)
    village = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    faults = models.JSONField(default=list)
    likest = models.JSONField(default=list)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    household = models.UUIDField(null=True)
    change = models.JSONField(default=list)
    undo = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "sheet", "number"], name="import_line_once"),
        ]
        indexes = [
            models.Index(fields=["table", "state"], name="import_line_state"),
            models.Index(fields=["table", "family"], name="import_line_family"),
        ]


class ImportMapping(models.Model):
    """What the headings of one source meant last time: heading → meaning."""

    source = models.CharField(max_length=60, unique=True)
    titles = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
