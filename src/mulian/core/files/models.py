"""What is known of a content, of its transfers, and of what it belongs to."""

from __future__ import annotations

from django.db import models


class Blob(models.Model):
    """One content, named by the SHA-256 of the bytes as sent. It may be attached before it arrives (`part`).

    When the original carried more than its pixels or sound, or was sealed on the phone, its bytes are dropped
    and `served_as` names the clean, opened copy, whose `source_sha256` points back. Of a sealed one `sealed`
    is the key's id and `maker` the person whose phone sealed it: whoever only carried it has no right to it.
    """

    class State(models.TextChoices):
        PART = "part"
        CHECKING = "checking"
        READY = "ready"
        REFUSED = "refused"

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField(default=0)
    mime = models.CharField(max_length=40, blank=True)
    seconds = models.FloatField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    served_as = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PART)
    code = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sealed = models.CharField(max_length=32, blank=True)
    maker = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "created_at"], name="blob_state"),
            models.Index(fields=["served_as"], name="blob_served_as", condition=~models.Q(served_as="")),
        ]


class Upload(models.Model):
    """One person's transfer of one content. Finished, it proves that this person held the bytes.

    Parts are each person's own, so nobody can spoil another's transfer by sending rubbish under its hash, nor
    read a voice by knowing its hash alone.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=100, blank=True)
    sealed = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "sha256"], name="upload_once")]
        indexes = [models.Index(fields=["expires_at"], name="upload_expires")]


class BlobUse(models.Model):
    """A content belongs to a subject: whoever sees the subject (by `permission`) sees the content.

    `by` is set when the content was somebody else's: the use counts once that person has sent the bytes too.
    `said_by` is who named it: a sealed content counts only where its maker named it.
    """

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="uses")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    role = models.CharField(max_length=20)
    permission = models.CharField(max_length=60)
    by = models.UUIDField(null=True)
    said_by = models.UUIDField(null=True)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blob", "subject_kind", "subject_id", "role"], name="blob_use_once"
            )
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="blob_use_subject")]
