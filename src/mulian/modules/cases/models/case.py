"""One report and everything that became of it."""

from __future__ import annotations

from django.db import models

from mulian.core.access.managers import ScopedManager, UnscopedManager
from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.core.database.vendor import CodeField
from mulian.modules.cases.domain.doors import unconfirmed
from mulian.modules.cases.domain.states import OPEN, State
from mulian.modules.cases.domain.topics import Kind

NO_COMPLAINT = models.Q(about_person__isnull=True, about_unit__isnull=True, about_area="")
"""Cases that are not about somebody who must never see them."""


class Case(models.Model):
    """A case. Its id is the id of the command or request that made it.

    `area` owns it (for what belongs to a person: where they are registered), `place` is where it happened.
    Three times are kept: `occurred_at` (the phone's word, never later than arrival), `received_at` (promises start
    here), `reported_at` (the phone's own clock, `skew_seconds` off).
    `disputed_at`: since when the county must decide whose it is; `bound`: it has, and nobody hands the case back.
    `rev` counts what phones can see.
    `about_area` makes it a complaint about the liaisons who serve there.
    `same_as`: the case this one was joined to (it waits, closed, for that one); `joined`: how many wait for this one.
    """

    class TopicBy(models.TextChoices):
        PERSON = "person"
        LEXICON = "lexicon"
        HAZARD = "hazard"
        MODEL = "model"
        NONE = "none"

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind], default=Kind.PROBLEM)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in State], default=State.REPORTED
    )
    outcome = models.CharField(max_length=20, blank=True)
    topic = CodeField(max_length=60, blank=True)
    topic_confidence = models.FloatField(null=True)
    topic_by = models.CharField(max_length=8, choices=TopicBy.choices, default=TopicBy.NONE)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    urgent = models.BooleanField(default=False)
    hazard = CodeField(max_length=40, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = CodeField(max_length=30)
    place_basis = models.CharField(max_length=12)
    place_chosen = models.JSONField(default=list)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    datum = models.CharField(max_length=8, blank=True)
    household = models.UUIDField(null=True)
    about_person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    about_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    about_area = CodeField(max_length=30, blank=True)
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    device = models.UUIDField(null=True)
    door = models.CharField(max_length=10)
    occurred_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    skew_seconds = models.IntegerField(default=0)
    responsible_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible_person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible_level = models.CharField(max_length=10, blank=True)
    sender = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    handed_over = models.BooleanField(default=False)
    returns = models.SmallIntegerField(default=0)
    bound = models.BooleanField(default=False)
    disputed_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined_cases")
    joined = models.SmallIntegerField(default=0)
    waiting_for = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    solved_level = models.CharField(max_length=10, blank=True)
    told_up = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answer_text = models.TextField(blank=True)
    answer_voice = models.CharField(max_length=64, blank=True)
    answer_seconds = models.FloatField(null=True)
    closed_at = models.DateTimeField(null=True)
    stars = models.SmallIntegerField(null=True)
    family_solved = models.BooleanField(null=True)
    steps = models.JSONField(default=list)
    next_due = models.DateTimeField(null=True)
    rev = models.IntegerField(default=1)

    objects = ScopedManager["Case"](kind="case")
    unscoped = UnscopedManager["Case"]()

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(
                fields=["next_due", "id"], name="case_due", condition=models.Q(next_due__isnull=False)
            ),
            models.Index(
                fields=["responsible_unit", "next_due", "id"],
                name="case_unit_due",
                condition=models.Q(next_due__isnull=False),
            ),
            models.Index(
                fields=["responsible_person"], name="case_load", condition=models.Q(state__in=sorted(OPEN))
            ),
            models.Index(fields=["responsible_unit", "state"], name="case_unit"),
            models.Index(fields=["answered_at"], name="case_quiet", condition=models.Q(state="answered")),
            models.Index(
                fields=["received_at"],
                name="case_alarm",
                condition=models.Q(urgent=True, state__in=["reported", "returned"]),
            ),
            models.Index(
                fields=["household"], name="case_household", condition=models.Q(household__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)), name="case_stars"
            ),
            models.CheckConstraint(
                condition=models.Q(responsible_unit__isnull=False)
                | models.Q(responsible_person__isnull=False)
                | models.Q(responsible_level="leader"),
                name="case_has_an_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def complaint(self) -> bool:
        """Whether it is about somebody who must never see it."""
        return bool(self.about_person_id or self.about_unit_id or self.about_area)

    @property
    def unconfirmed(self) -> bool:
        """Whether its alarm rests on the word of somebody nobody has spoken with."""
        return unconfirmed(self.door, self.state, urgent=self.urgent)
