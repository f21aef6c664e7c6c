"""The log's tables. Rows are inserted unnumbered and stamped after commit; see `stamper.py`."""

from __future__ import annotations

from django.db import models

from mulian.core.database.vendor import CodeField


class Event(models.Model):
    """One fact. Append-only: a trigger refuses every update but NULL → value of `pos` and `chain`."""

    id = models.UUIDField(primary_key=True)
    pos = models.BigIntegerField(null=True, unique=True)
    chain = models.CharField(max_length=64, null=True)
    name = models.CharField(max_length=60)
    version = models.SmallIntegerField(default=1)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField()
    posting = models.UUIDField(null=True)
    device = models.UUIDField(null=True)
    areas = models.JSONField(default=list)
    feeds = models.JSONField(default=list)
    rev = models.IntegerField(null=True)
    fields = models.JSONField(null=True)
    data = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64, blank=True)
    cause = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "pos"], name="event_name"),
            models.Index(fields=["id"], name="event_unstamped", condition=models.Q(pos__isnull=True)),
        ]


class EventPrivate(models.Model):
    """Personal values of an event and the salt of their commitment; deleting the row erases by law."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.DO_NOTHING)
    salt = models.CharField(max_length=32)
    values = models.JSONField()


class FeedKey(models.Model):
    """Answers "anything new for me?": a row per stamped event and reader key (`area:…`, `person:…`, `device:…`)."""

    key = CodeField(max_length=60)
    pos = models.BigIntegerField()
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    rev = models.IntegerField(null=True)
    fields = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "pos"], name="feedkey_key_pos")]


class Delivery(models.Model):
    """One handler's duty to react to one event, with its own lease, retries and grave."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING)
    handler = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivery_event_handler")]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(state="pending")),
            models.Index(fields=["id"], name="delivery_dead", condition=models.Q(state="dead")),
        ]


class TimerRun(models.Model):
    """When a module's sweep last ran; claiming the row makes one worker at a time run it."""

    name = models.CharField(primary_key=True, max_length=80)
    due_at = models.DateTimeField()
    failures = models.IntegerField(default=0)
    error = models.TextField(blank=True)


class Head(models.Model):
    """The last stamped position and chain value (one row): the stamper's lock row and the feed's tip."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    pos = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64, default="")
    epoch = models.CharField(max_length=32, default="")
