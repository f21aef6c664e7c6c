"""Who may hand requests in."""

from __future__ import annotations

from django.db import models

from mulian.core.access.models import Person


class Key(models.Model):
    """One program's key, kept as a hash. `login` is the name its requests stand under; nobody signs in with it."""

    id = models.UUIDField(primary_key=True)
    owner = models.CharField(max_length=80)
    contact = models.CharField(max_length=120, blank=True)
    login = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_hash = models.CharField(max_length=64, unique=True)
    jurisdiction = models.CharField(max_length=60)
    per_hour = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.owner
