"""Tables a superior asks for: their own file, what its cells mean, and every copy that went up."""

from __future__ import annotations

from django.db import models

from mulian.core.areas.models import Area


class ReturnForm(models.Model):
    """`file`: the superior's table, never changed; `marks`: which cells are filled with what (domain/returning.py)."""

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    receiver = models.CharField(max_length=80)
    file = models.BinaryField()
    marks = models.JSONField(default=list)
    by = models.UUIDField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class Return(models.Model):
    """One filled copy. `figures`: what stands where and what is stale or unknown behind it; `file` as it was sent.

    `by` filled it, `sent_by` signed for it (null before, and of copies older than this column).
    """

    id = models.UUIDField(primary_key=True)
    form = models.ForeignKey(ReturnForm, on_delete=models.CASCADE, related_name="returns")
    day = models.DateField()
    figures = models.JSONField(default=list)
    file = models.BinaryField()
    by = models.UUIDField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
