"""A notice to one person, its way on each channel, and numbers that no longer answer."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """One person is told one thing. `title` is a gettext source string, filled with `params` when shown.

    The id follows from key and person, so telling twice writes nothing new.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    urgent = models.BooleanField(default=False)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_person"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["subject_id"], name="notice_subject"),
        ]


class NoticeSend(models.Model):
    """A notice on its way out of the console, where it is anyway.

    Sends that left in one SMS share a `batch`, which is its id at the gateway.
    """

    class Channel(models.TextChoices):
        SMS = "sms"

    class State(models.TextChoices):
        DUE = "due"
        SENT = "sent"
        DEAD = "dead"
        NO_CHANNEL = "no_channel"
        NO_NUMBER = "no_number"
        READ_BEFORE = "read_before"

    id = models.UUIDField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="sends")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DUE)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    batch = models.UUIDField(null=True, db_index=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="notice_send_once")]
        indexes = [models.Index(fields=["due_at"], name="notice_send_due", condition=models.Q(state="due"))]


class Bounce(models.Model):
    """How often in a row the gateway rejected a person's number; `number_hash` says which number that was."""

    person = models.UUIDField(primary_key=True)
    number_hash = models.CharField(max_length=64)
    times = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()


class Pause(models.Model):
    """The gateway as a whole failed again and again: nothing is tried before `until` (one row)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    failures = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(null=True)
