"""Papers that a person confirmed, and their covered pictures under lock. Gone with the paper, or at their end."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import UnscopedManager
from mulian.modules.households.models.papers import Document


class Certificate(models.Model):
    """What was confirmed of one look at a paper: the words it is found by, and until when all of this stays.

    `by_hand`: a person covered the picture and answers for it; else the machine was sure.
    """

    id = models.UUIDField(primary_key=True)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="certificate")
    words = models.CharField(max_length=400, blank=True)
    until = models.DateField(db_index=True)
    by_hand = models.BooleanField(default=False)
    kept_at = models.DateTimeField()
    by = models.UUIDField()

    unscoped = UnscopedManager["Certificate"]()

    class Meta:
        base_manager_name = "unscoped"


class CertificatePicture(models.Model):
    """The covered picture, sealed; the key is made from the installation's secret, which no database holds."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, primary_key=True, related_name="picture"
    )
    box = models.BinaryField()

    unscoped = UnscopedManager["CertificatePicture"]()

    class Meta:
        base_manager_name = "unscoped"
