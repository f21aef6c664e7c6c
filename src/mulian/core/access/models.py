"""People, what they may do where (postings), and where things count (placements)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mulian.core.areas.models import Area, Unit
from mulian.core.database.vendor import CodeField
from mulian.kernel.actor import Role


class People(BaseUserManager["Person"]):
    """Looks a person up by user name; creation goes through `actions.create_person`."""


class Person(AbstractBaseUser):
    """A login. Its duties are postings; it has no rights of its own."""

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=8, default="zh-hans")
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used; see `core/access/scope.py`."""
        return False

    def has_module_perms(self, label: str) -> bool:
        return False


class Posting(models.Model):
    """person × role × area × topics, for a period [valid_from, valid_to)."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="postings")
    topics = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "valid_from"], name="posting_person"),
            models.Index(fields=["unit", "role"], name="posting_unit"),
            models.Index(fields=["area", "role"], name="posting_area"),
        ]


class Leave(models.Model):
    """A posting's holder is away [starts, ends); the deputy stands in."""

    id = models.UUIDField(primary_key=True)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="leaves")
    deputy = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="standing_in")
    starts = models.DateTimeField()
    ends = models.DateTimeField()


class DutyShift(models.Model):
    """The rota: who is on duty at a unit, or listens for it in a language, [starts, ends)."""

    class Kind(models.TextChoices):
        DUTY = "duty"
        LISTENING = "listening"

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shifts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    language = models.CharField(max_length=8, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "ends"], name="shift_kind")]


class Placement(models.Model):
    """subject × area (× unit, topic), as one of five ways a thing counts somewhere, for a period."""

    class As(models.TextChoices):
        REGISTERED = "registered"
        RESIDING = "residing"
        CAMP = "camp"
        HANDLING = "handling"
        DEPARTMENT = "department"
        REPORTED = "reported"

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="placements", db_index=False)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="placements", db_index=False
    )
    topic = CodeField(max_length=60, blank=True)
    counts_as = models.CharField(max_length=10, choices=As.choices)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "area", "subject_id"], name="placement_area"),
            models.Index(fields=["subject_kind", "unit", "subject_id"], name="placement_unit"),
            models.Index(fields=["subject_id", "subject_kind", "counts_as"], name="placement_subject"),
        ]


class Exclusion(models.Model):
    """A person who must never see a subject, whatever their duty (a complaint about them)."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "subject_kind", "subject_id"], name="exclusion_once")
        ]


class Device(models.Model):
    """A phone enrolled for one person. Of its two tokens only the hashes are kept.

    `share` is the county's half of the key that opens what the phone holds (base64, 32 bytes; empty once
    revoked or guessed at too often); `proof_hash` is of what the phone derives from its PIN.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    openrosa_hash = models.CharField(max_length=64, blank=True, db_index=True)
    openrosa_salt = models.CharField(max_length=16, blank=True)
    push_hash = models.CharField(max_length=64, null=True, unique=True)
    share = models.CharField(max_length=44, blank=True)
    proof_hash = models.CharField(max_length=64, blank=True)
    wrong_proofs = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)


class Enrolment(models.Model):
    """A code, shown once as QR and six digits, that makes one phone this person's."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    by = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    digits_hash = models.CharField(max_length=64, db_index=True)
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A program's key to the API, with exactly its person's duties."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class AccessVersion(models.Model):
    """One number that moves with every change of people, postings, leave, devices or tokens (one row)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)


class Bucket(models.Model):
    """What is left of a limit for a hashed key (`limits`): `level` drops at `at`, full again at `full_at` (seconds)."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    level = models.FloatField()
    at = models.FloatField()
    full_at = models.FloatField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="access_bucket_once")]
