"""Proofs of HTTP Digest that were used; one that comes twice was overheard."""

from __future__ import annotations

from django.db import models


class UsedProof(models.Model):
    """One nonce with one count, by its SHA-256; forgotten once the nonce is too old to be taken anyway."""

    mark = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)
