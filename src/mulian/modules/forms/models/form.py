"""Published versions of forms. A row never changes but for whether it is offered."""

from __future__ import annotations

from django.db import models


class Form(models.Model):
    """One version. `code` is XLSForm's form_id; `tables` the sheets as sent; `definition` what phones hold, `media` the
    files of its labels: name → SHA-256, MD5, kind, bytes.

    `offered`: the version that is filled in now, one for each code; none when the form is retired.
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=12)
    title = models.JSONField()
    about = models.CharField(max_length=12)
    questions = models.SmallIntegerField()
    tables = models.JSONField()
    media = models.JSONField(default=dict)
    definition = models.TextField()
    definition_sha256 = models.CharField(max_length=64, unique=True)
    xform = models.TextField()
    xform_sha256 = models.CharField(max_length=64)
    xform_md5 = models.CharField(max_length=32)
    offered = models.BooleanField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_version"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(offered=True), name="form_offered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
