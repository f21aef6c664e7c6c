"""What can be found: one row for each searchable subject."""

from __future__ import annotations

from django.db import models

from mulian.core.search.fields import TokensField


class SearchEntry(models.Model):
    """The tokens of a subject's text. It decides nothing about who may see the subject."""

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    tokens = TokensField()
    indexed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_entry_once")
        ]
