"""What left the register: for what, until when, asked by whom and allowed by whom. The file lies beside, sealed."""

from __future__ import annotations

from django.db import models

from mulian.core.areas.models import Area


class Export(models.Model):
    """`key` opens the file and is gone with its end; `items`: codes of the catalogue; `until`: end of the download."""

    class State(models.TextChoices):
        ASKED = "asked"
        ALLOWED = "allowed"
        READY = "ready"
        REFUSED = "refused"
        GONE = "gone"

    class Form(models.TextChoices):
        XLSX = "xlsx"
        CSV = "csv"

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField()
    purpose = models.CharField(max_length=200)
    until = models.DateTimeField()
    items = models.JSONField(default=list)
    people = models.BooleanField(default=False)
    form = models.CharField(max_length=4, choices=Form.choices)
    households = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    key = models.BinaryField(default=b"")
    taken = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="export_due")]
