"""What another system offers, when it was asked, and which of our topics goes where there."""

from __future__ import annotations

from django.db import models


class Theirs(models.Model):
    """One service of another system, as its discovery named it. `gone`: it was not in the last list."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=100, blank=True)
    gone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="open311_theirs_once")]


class Asked(models.Model):
    """When another system is asked for its services next, and what came of the last time."""

    system = models.CharField(primary_key=True, max_length=40)
    due_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)


class Mapped(models.Model):
    """A person's word that a topic ("" is every other) is this service there; an empty service: not taken there."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=40)
    topic = models.CharField(max_length=60, blank=True)
    service = models.CharField(max_length=100, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "topic"], name="open311_mapped_once")]
