"""Recorded phrases: what phones say aloud."""

from __future__ import annotations

from django.db import models

CLASSES: dict[str, dict[str, str]] = {
    "Recording": {
        "id": "S1",
        "language": "S0",
        "words": "S0",
        "sha256": "S1",
        "spoken_by": "S2",
        "recorded_at": "S1",
        "example": "S1",
    },
}


class Recording(models.Model):
    """One voice saying one phrase in one language. The sound itself is a file of `core.files`, named by `sha256`.

    `example` marks the tones a demo is seeded with: no person, to be replaced by one.
    """

    id = models.UUIDField(primary_key=True)
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    spoken_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="phrase_once")]
